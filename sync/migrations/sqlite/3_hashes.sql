-- The hashes with which a run finds changes, in blocks of many objects. They were a column of each table.
CREATE TABLE spektrix_hashes (
    venue TEXT NOT NULL,
    kind TEXT NOT NULL,
    block INTEGER NOT NULL,
    form INTEGER NOT NULL,
    entries BLOB NOT NULL,
    PRIMARY KEY (venue, kind, block)
);

ALTER TABLE spektrix_events DROP COLUMN hash;
ALTER TABLE spektrix_instances DROP COLUMN hash;
ALTER TABLE spektrix_plans DROP COLUMN hash;
ALTER TABLE spektrix_bands DROP COLUMN hash;
ALTER TABLE spektrix_ticket_types DROP COLUMN hash;
ALTER TABLE spektrix_price_lists DROP COLUMN hash;
ALTER TABLE spektrix_availability DROP COLUMN hash;
ALTER TABLE spektrix_offers DROP COLUMN hash;
ALTER TABLE spektrix_memberships DROP COLUMN hash;
ALTER TABLE spektrix_stock_items DROP COLUMN hash;
ALTER TABLE spektrix_tags DROP COLUMN hash;
ALTER TABLE spektrix_statements DROP COLUMN hash;
