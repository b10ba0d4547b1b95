-- The hashes with which a run finds changes, in blocks of many objects. They were a column of each table.
CREATE TABLE IF NOT EXISTS spektrix_hashes (
    venue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    kind VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    block INT NOT NULL,
    form INT NOT NULL,
    entries VARBINARY(4000) NOT NULL,
    PRIMARY KEY (venue, kind, block)
) DEFAULT CHARACTER SET utf8mb4;

-- MySQL has no `DROP COLUMN IF EXISTS`, and an interrupted migration is repeated.
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_events' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_events DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_instances' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_instances DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_plans' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_plans DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_bands' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_bands DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_ticket_types' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_ticket_types DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_price_lists' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_price_lists DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_availability' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_availability DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_offers' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_offers DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_memberships' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_memberships DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_stock_items' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_stock_items DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_tags' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_tags DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
SET @drop_hash = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE()
    AND table_name = 'spektrix_statements' AND column_name = 'hash') > 0, 'ALTER TABLE spektrix_statements DROP COLUMN hash', 'DO 0');
PREPARE drop_hash FROM @drop_hash;
EXECUTE drop_hash;
DEALLOCATE PREPARE drop_hash;
