-- The tables of the sync in PostgreSQL. docs/schema.md describes each column.

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
    is_on_sale BOOLEAN NOT NULL,
    attributes JSONB NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

-- One performance of an event. Local times are those of the venue.
CREATE TABLE spektrix_instances (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    price_list_id INTEGER NOT NULL,
    start_local TIMESTAMP NOT NULL,
    start_utc TIMESTAMPTZ NOT NULL,
    start_selling_local TIMESTAMP NOT NULL,
    start_selling_utc TIMESTAMPTZ NOT NULL,
    stop_selling_local TIMESTAMP NOT NULL,
    stop_selling_utc TIMESTAMPTZ NOT NULL,
    is_on_sale BOOLEAN NOT NULL,
    attributes JSONB NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

CREATE INDEX spektrix_instances_by_start ON spektrix_instances (venue, start_utc);
CREATE INDEX spektrix_instances_by_event ON spektrix_instances (venue, event_id);

-- A seating plan.
CREATE TABLE spektrix_plans (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    is_bookable BOOLEAN NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

-- A price band: premium, restricted view.
CREATE TABLE spektrix_bands (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

-- Adult, student.
CREATE TABLE spektrix_ticket_types (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

-- A list of prices. The prices are in spektrix_prices.
CREATE TABLE spektrix_price_lists (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
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
    has_sub_plans BOOLEAN NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, instance_id, plan_id) INCLUDE (hash, removed_at)
);

-- An offer.
CREATE TABLE spektrix_offers (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT,
    description TEXT,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
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
    attributes JSONB NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

-- Merchandise.
CREATE TABLE spektrix_stock_items (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT,
    description TEXT,
    image_url TEXT,
    thumbnail_url TEXT,
    price NUMERIC NOT NULL,
    stock_level INTEGER NOT NULL,
    attributes JSONB NOT NULL,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

-- A tag of customers.
CREATE TABLE spektrix_tags (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT,
    tag_group_id INTEGER,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
);

-- A statement that customers agree to.
CREATE TABLE spektrix_statements (
    venue TEXT NOT NULL,
    id INTEGER NOT NULL,
    text TEXT,
    content JSONB NOT NULL,
    hash TEXT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (venue, id) INCLUDE (hash, removed_at)
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
    amount NUMERIC NOT NULL,
    is_band_default BOOLEAN NOT NULL,
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
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    venue TEXT NOT NULL,
    run_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    object_key TEXT NOT NULL,
    what TEXT NOT NULL,
    before_content JSONB,
    after_content JSONB,
    changed_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX spektrix_changes_by_venue ON spektrix_changes (venue, id);

-- The runs, also those that failed.
CREATE TABLE spektrix_runs (
    venue TEXT NOT NULL,
    id BIGINT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    outcome TEXT NOT NULL,
    lists TEXT NOT NULL,
    counts JSONB,
    error TEXT,
    PRIMARY KEY (venue, id)
);
