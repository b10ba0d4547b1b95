-- The hashes with which a run finds changes, in blocks of many objects. They were a column of each table.
CREATE TABLE spektrix_hashes (
    venue TEXT NOT NULL,
    kind TEXT NOT NULL,
    block INTEGER NOT NULL,
    form INTEGER NOT NULL,
    entries BYTEA NOT NULL,
    PRIMARY KEY (venue, kind, block)
);

-- An update of a row changes no index now.
ALTER TABLE spektrix_events DROP CONSTRAINT spektrix_events_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_instances DROP CONSTRAINT spektrix_instances_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_plans DROP CONSTRAINT spektrix_plans_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_bands DROP CONSTRAINT spektrix_bands_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_ticket_types DROP CONSTRAINT spektrix_ticket_types_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_price_lists DROP CONSTRAINT spektrix_price_lists_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_availability DROP CONSTRAINT spektrix_availability_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, instance_id, plan_id);
ALTER TABLE spektrix_offers DROP CONSTRAINT spektrix_offers_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_memberships DROP CONSTRAINT spektrix_memberships_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_stock_items DROP CONSTRAINT spektrix_stock_items_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_tags DROP CONSTRAINT spektrix_tags_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
ALTER TABLE spektrix_statements DROP CONSTRAINT spektrix_statements_pkey, DROP COLUMN hash, ADD PRIMARY KEY (venue, id);
