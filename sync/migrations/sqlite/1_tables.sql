-- The tables of the sync in SQLite. docs/schema.md describes each column.
--
-- Times are text, `YYYY-MM-DD HH:MM:SS`, as SQLite's own functions return them. Amounts are decimal text, because SQLite
-- has no decimal numbers: cast them to REAL to calculate. Flags are 0 or 1. JSON is text.

-- A show.
CREATE TABLE spektrix_events (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    html_description TEXT NOT NULL,
    duration_minutes INTEGER NOT NULL,
    image_url TEXT NOT NULL,
    thumbnail_url TEXT NOT NULL,
    is_on_sale INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- One performance of an event. Local times are those of the venue.
CREATE TABLE spektrix_instances (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    price_list_id INTEGER NOT NULL,
    start_local TEXT NOT NULL,
    start_utc TEXT NOT NULL,
    start_selling_local TEXT NOT NULL,
    start_selling_utc TEXT NOT NULL,
    stop_selling_local TEXT NOT NULL,
    stop_selling_utc TEXT NOT NULL,
    is_on_sale INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

CREATE INDEX spektrix_instances_by_start ON spektrix_instances (venue, start_utc);
CREATE INDEX spektrix_instances_by_event ON spektrix_instances (venue, event_id);

-- A seating plan.
CREATE TABLE spektrix_plans (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    is_bookable INTEGER NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- A price band: premium, restricted view.
CREATE TABLE spektrix_bands (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- Adult, student.
CREATE TABLE spektrix_ticket_types (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- A list of prices. The prices are in spektrix_prices.
CREATE TABLE spektrix_price_lists (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- How many seats of a plan are left at an instance.
CREATE TABLE spektrix_availability (
    venue TEXT NOT NULL,
    instance_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    available INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    selected INTEGER NOT NULL,
    sold INTEGER NOT NULL,
    has_sub_plans INTEGER NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, instance_id, plan_id)
);

-- An offer.
CREATE TABLE spektrix_offers (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT,
    description TEXT,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- A membership that can be bought.
CREATE TABLE spektrix_memberships (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT,
    description TEXT,
    html_description TEXT,
    image_url TEXT,
    thumbnail_url TEXT,
    attributes TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- Merchandise.
CREATE TABLE spektrix_stock_items (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT,
    description TEXT,
    image_url TEXT,
    thumbnail_url TEXT,
    price TEXT NOT NULL,
    stock_level INTEGER NOT NULL,
    attributes TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- A tag of customers.
CREATE TABLE spektrix_tags (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT,
    tag_group_id INTEGER,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- A statement that customers agree to.
CREATE TABLE spektrix_statements (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    text TEXT,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    removed_at TEXT,
    PRIMARY KEY (venue, id)
);

-- The attributes of an event that are filled in.
CREATE TABLE spektrix_event_attributes (
    venue TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT,
    value TEXT,
    PRIMARY KEY (venue, event_id, position)
);

-- Events that are related to an event.
CREATE TABLE spektrix_related_events (
    venue TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    related_event_id INTEGER NOT NULL,
    PRIMARY KEY (venue, event_id, position)
);

-- Merchandise that is related to an event.
CREATE TABLE spektrix_related_stock_items (
    venue TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    stock_item_id INTEGER NOT NULL,
    PRIMARY KEY (venue, event_id, position)
);

-- The attributes of an instance that are filled in.
CREATE TABLE spektrix_instance_attributes (
    venue TEXT NOT NULL,
    instance_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT,
    value TEXT,
    PRIMARY KEY (venue, instance_id, position)
);

-- The bands of a plan.
CREATE TABLE spektrix_plan_bands (
    venue TEXT NOT NULL,
    plan_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    band_id INTEGER NOT NULL,
    PRIMARY KEY (venue, plan_id, position)
);

-- The parts of a plan.
CREATE TABLE spektrix_sub_plans (
    venue TEXT NOT NULL,
    plan_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sub_plan_id INTEGER NOT NULL,
    PRIMARY KEY (venue, plan_id, position)
);

-- The prices of a price list. A price without a band is for all of them.
CREATE TABLE spektrix_prices (
    venue TEXT NOT NULL,
    price_list_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    band_id INTEGER,
    ticket_type_id INTEGER NOT NULL,
    amount TEXT NOT NULL,
    is_band_default INTEGER NOT NULL,
    PRIMARY KEY (venue, price_list_id, position)
);

-- The bands of a plan at an instance.
CREATE TABLE spektrix_availability_bands (
    venue TEXT NOT NULL,
    instance_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    band_id INTEGER NOT NULL,
    PRIMARY KEY (venue, instance_id, plan_id, position)
);

-- The promotional codes of an offer.
CREATE TABLE spektrix_offer_promo_codes (
    venue TEXT NOT NULL,
    offer_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    promo_code TEXT NOT NULL,
    PRIMARY KEY (venue, offer_id, position)
);

-- The attributes of a membership that are filled in.
CREATE TABLE spektrix_membership_attributes (
    venue TEXT NOT NULL,
    membership_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT,
    value TEXT,
    PRIMARY KEY (venue, membership_id, position)
);

-- The attributes of a stock item that are filled in.
CREATE TABLE spektrix_stock_item_attributes (
    venue TEXT NOT NULL,
    stock_item_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT,
    value TEXT,
    PRIMARY KEY (venue, stock_item_id, position)
);

-- For each plan, the plans in it that tickets are sold for. Derived from the plans.
CREATE TABLE spektrix_bookable_plans (
    venue TEXT NOT NULL,
    plan_id INTEGER NOT NULL,
    bookable_plan_id INTEGER NOT NULL,
    PRIMARY KEY (venue, plan_id, bookable_plan_id)
);

-- What each run changed, in its order. A queue for the programs of a site.
CREATE TABLE spektrix_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    venue TEXT NOT NULL,
    run_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    object_key TEXT NOT NULL,
    what TEXT NOT NULL,
    before_content TEXT,
    after_content TEXT,
    changed_at TEXT NOT NULL
);

CREATE INDEX spektrix_changes_by_venue ON spektrix_changes (venue, id);

-- The runs, also those that failed.
CREATE TABLE spektrix_runs (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    outcome TEXT NOT NULL,
    lists TEXT NOT NULL,
    counts TEXT,
    error TEXT,
    PRIMARY KEY (venue, id)
);
