-- The tables of the sync in MySQL and MariaDB. docs/schema.md describes each column.
--
-- Times in UTC are DATETIME, because TIMESTAMP is converted to the time zone of each connection and ends in 2038. Each
-- statement skips what exists: MySQL cannot undo a table if the migration is interrupted.

-- A show.
CREATE TABLE IF NOT EXISTS spektrix_events (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT NOT NULL,
    description MEDIUMTEXT NOT NULL,
    html_description MEDIUMTEXT NOT NULL,
    duration_minutes INT NOT NULL,
    image_url TEXT NOT NULL,
    thumbnail_url TEXT NOT NULL,
    is_on_sale BOOLEAN NOT NULL,
    attributes JSON NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- One performance of an event. Local times are those of the venue.
CREATE TABLE IF NOT EXISTS spektrix_instances (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    event_id INT NOT NULL,
    plan_id INT NOT NULL,
    price_list_id INT NOT NULL,
    start_local DATETIME NOT NULL,
    start_utc DATETIME NOT NULL,
    start_selling_local DATETIME NOT NULL,
    start_selling_utc DATETIME NOT NULL,
    stop_selling_local DATETIME NOT NULL,
    stop_selling_utc DATETIME NOT NULL,
    is_on_sale BOOLEAN NOT NULL,
    attributes JSON NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id),
    KEY spektrix_instances_by_start (venue, start_utc),
    KEY spektrix_instances_by_event (venue, event_id)
) DEFAULT CHARACTER SET utf8mb4;

-- A seating plan.
CREATE TABLE IF NOT EXISTS spektrix_plans (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT NOT NULL,
    description MEDIUMTEXT,
    is_bookable BOOLEAN NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- A price band: premium, restricted view.
CREATE TABLE IF NOT EXISTS spektrix_bands (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- Adult, student.
CREATE TABLE IF NOT EXISTS spektrix_ticket_types (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- A list of prices. The prices are in spektrix_prices.
CREATE TABLE IF NOT EXISTS spektrix_price_lists (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- How many seats of a plan are left at an instance.
CREATE TABLE IF NOT EXISTS spektrix_availability (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    instance_id INT NOT NULL,
    plan_id INT NOT NULL,
    name TEXT NOT NULL,
    available INT NOT NULL,
    capacity INT NOT NULL,
    locked INT NOT NULL,
    reserved INT NOT NULL,
    selected INT NOT NULL,
    sold INT NOT NULL,
    has_sub_plans BOOLEAN NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, instance_id, plan_id)
) DEFAULT CHARACTER SET utf8mb4;

-- An offer.
CREATE TABLE IF NOT EXISTS spektrix_offers (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT,
    description MEDIUMTEXT,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- A membership that can be bought.
CREATE TABLE IF NOT EXISTS spektrix_memberships (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT,
    description MEDIUMTEXT,
    html_description MEDIUMTEXT,
    image_url TEXT,
    thumbnail_url TEXT,
    attributes JSON NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- Merchandise.
CREATE TABLE IF NOT EXISTS spektrix_stock_items (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT,
    description MEDIUMTEXT,
    image_url TEXT,
    thumbnail_url TEXT,
    price DECIMAL(20, 4) NOT NULL,
    stock_level INT NOT NULL,
    attributes JSON NOT NULL,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- A tag of customers.
CREATE TABLE IF NOT EXISTS spektrix_tags (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    name TEXT,
    tag_group_id INT,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- A statement that customers agree to.
CREATE TABLE IF NOT EXISTS spektrix_statements (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id INT NOT NULL,
    text MEDIUMTEXT,
    content JSON NOT NULL,
    hash CHAR(32) NOT NULL,
    first_seen DATETIME(3) NOT NULL,
    changed_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3),
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- The attributes of an event that are filled in.
CREATE TABLE IF NOT EXISTS spektrix_event_attributes (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    event_id INT NOT NULL,
    position INT NOT NULL,
    name TEXT,
    value MEDIUMTEXT,
    PRIMARY KEY (venue, event_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- Events that are related to an event.
CREATE TABLE IF NOT EXISTS spektrix_related_events (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    event_id INT NOT NULL,
    position INT NOT NULL,
    related_event_id INT NOT NULL,
    PRIMARY KEY (venue, event_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- Merchandise that is related to an event.
CREATE TABLE IF NOT EXISTS spektrix_related_stock_items (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    event_id INT NOT NULL,
    position INT NOT NULL,
    stock_item_id INT NOT NULL,
    PRIMARY KEY (venue, event_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The attributes of an instance that are filled in.
CREATE TABLE IF NOT EXISTS spektrix_instance_attributes (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    instance_id INT NOT NULL,
    position INT NOT NULL,
    name TEXT,
    value MEDIUMTEXT,
    PRIMARY KEY (venue, instance_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The bands of a plan.
CREATE TABLE IF NOT EXISTS spektrix_plan_bands (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    plan_id INT NOT NULL,
    position INT NOT NULL,
    band_id INT NOT NULL,
    PRIMARY KEY (venue, plan_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The parts of a plan.
CREATE TABLE IF NOT EXISTS spektrix_sub_plans (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    plan_id INT NOT NULL,
    position INT NOT NULL,
    sub_plan_id INT NOT NULL,
    PRIMARY KEY (venue, plan_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The prices of a price list. A price without a band is for all of them.
CREATE TABLE IF NOT EXISTS spektrix_prices (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    price_list_id INT NOT NULL,
    position INT NOT NULL,
    band_id INT,
    ticket_type_id INT NOT NULL,
    amount DECIMAL(20, 4) NOT NULL,
    is_band_default BOOLEAN NOT NULL,
    PRIMARY KEY (venue, price_list_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The bands of a plan at an instance.
CREATE TABLE IF NOT EXISTS spektrix_availability_bands (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    instance_id INT NOT NULL,
    plan_id INT NOT NULL,
    position INT NOT NULL,
    band_id INT NOT NULL,
    PRIMARY KEY (venue, instance_id, plan_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The promotional codes of an offer.
CREATE TABLE IF NOT EXISTS spektrix_offer_promo_codes (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    offer_id INT NOT NULL,
    position INT NOT NULL,
    promo_code TEXT NOT NULL,
    PRIMARY KEY (venue, offer_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The attributes of a membership that are filled in.
CREATE TABLE IF NOT EXISTS spektrix_membership_attributes (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    membership_id INT NOT NULL,
    position INT NOT NULL,
    name TEXT,
    value MEDIUMTEXT,
    PRIMARY KEY (venue, membership_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- The attributes of a stock item that are filled in.
CREATE TABLE IF NOT EXISTS spektrix_stock_item_attributes (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    stock_item_id INT NOT NULL,
    position INT NOT NULL,
    name TEXT,
    value MEDIUMTEXT,
    PRIMARY KEY (venue, stock_item_id, position)
) DEFAULT CHARACTER SET utf8mb4;

-- For each plan, the plans in it that tickets are sold for. Derived from the plans.
CREATE TABLE IF NOT EXISTS spektrix_bookable_plans (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    plan_id INT NOT NULL,
    bookable_plan_id INT NOT NULL,
    PRIMARY KEY (venue, plan_id, bookable_plan_id)
) DEFAULT CHARACTER SET utf8mb4;

-- What each run changed, in its order. A queue for the programs of a site.
CREATE TABLE IF NOT EXISTS spektrix_changes (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    run_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    object_key VARCHAR(40) NOT NULL,
    what VARCHAR(40) NOT NULL,
    before_content JSON,
    after_content JSON,
    changed_at DATETIME(3) NOT NULL,
    KEY spektrix_changes_by_venue (venue, id)
) DEFAULT CHARACTER SET utf8mb4;

-- The runs, also those that failed.
CREATE TABLE IF NOT EXISTS spektrix_runs (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id BIGINT NOT NULL,
    started_at DATETIME(3) NOT NULL,
    finished_at DATETIME(3),
    outcome VARCHAR(40) NOT NULL,
    lists TEXT NOT NULL,
    counts JSON,
    error MEDIUMTEXT,
    PRIMARY KEY (venue, id)
) DEFAULT CHARACTER SET utf8mb4;
