-- Views for the common questions, with the same columns in each database.

-- The prices that count for each instance: those of its price list in the bands of the plans that tickets are sold for. The
-- bands are those of the availability, or else those of the plan. If there are none, all prices count.
CREATE OR REPLACE VIEW spektrix_instance_prices AS
SELECT i.venue, i.id AS instance_id, i.event_id, p.price_list_id, p.position, p.band_id, p.ticket_type_id, p.amount,
    p.is_band_default
FROM spektrix_instances i
JOIN spektrix_price_lists l ON l.venue = i.venue AND l.id = i.price_list_id AND l.removed_at IS NULL
JOIN spektrix_prices p ON p.venue = i.venue AND p.price_list_id = i.price_list_id
WHERE i.removed_at IS NULL
    AND (
        p.band_id IS NULL
        OR EXISTS (
            SELECT 1 FROM spektrix_bookable_plans b
            JOIN spektrix_availability_bands s
                ON s.venue = b.venue AND s.instance_id = i.id AND s.plan_id = b.bookable_plan_id
            JOIN spektrix_availability a
                ON a.venue = s.venue AND a.instance_id = s.instance_id AND a.plan_id = s.plan_id AND a.removed_at IS NULL
            WHERE b.venue = i.venue AND b.plan_id = i.plan_id AND s.band_id = p.band_id
        )
        OR EXISTS (
            SELECT 1 FROM spektrix_bookable_plans b
            JOIN spektrix_plan_bands pb ON pb.venue = b.venue AND pb.plan_id = b.bookable_plan_id
            WHERE b.venue = i.venue AND b.plan_id = i.plan_id AND pb.band_id = p.band_id
                AND NOT EXISTS (
                    SELECT 1 FROM spektrix_availability_bands s
                    JOIN spektrix_availability a ON a.venue = s.venue AND a.instance_id = s.instance_id
                        AND a.plan_id = s.plan_id AND a.removed_at IS NULL
                    WHERE s.venue = i.venue AND s.instance_id = i.id AND s.plan_id = b.bookable_plan_id
                )
        )
        OR (
            NOT EXISTS (
                SELECT 1 FROM spektrix_bookable_plans b
                JOIN spektrix_availability_bands s
                    ON s.venue = b.venue AND s.instance_id = i.id AND s.plan_id = b.bookable_plan_id
                JOIN spektrix_availability a ON a.venue = s.venue AND a.instance_id = s.instance_id
                    AND a.plan_id = s.plan_id AND a.removed_at IS NULL
                WHERE b.venue = i.venue AND b.plan_id = i.plan_id
            )
            AND NOT EXISTS (
                SELECT 1 FROM spektrix_bookable_plans b
                JOIN spektrix_plan_bands pb ON pb.venue = b.venue AND pb.plan_id = b.bookable_plan_id
                WHERE b.venue = i.venue AND b.plan_id = i.plan_id
            )
            AND (
                EXISTS (
                    SELECT 1 FROM spektrix_availability_bands s
                    JOIN spektrix_availability a ON a.venue = s.venue AND a.instance_id = s.instance_id
                        AND a.plan_id = s.plan_id AND a.removed_at IS NULL
                    WHERE s.venue = i.venue AND s.instance_id = i.id AND s.plan_id = i.plan_id AND s.band_id = p.band_id
                )
                OR NOT EXISTS (
                    SELECT 1 FROM spektrix_availability_bands s
                    JOIN spektrix_availability a ON a.venue = s.venue AND a.instance_id = s.instance_id
                        AND a.plan_id = s.plan_id AND a.removed_at IS NULL
                    WHERE s.venue = i.venue AND s.instance_id = i.id AND s.plan_id = i.plan_id
                )
            )
        )
    );

-- The prices of each instance: "from £12" is the lowest above 0, or 0 if all are 0.
CREATE OR REPLACE VIEW spektrix_from_price AS
SELECT i.venue, i.id AS instance_id, i.event_id,
    (SELECT p.amount FROM spektrix_instance_prices p WHERE p.venue = i.venue AND p.instance_id = i.id
        ORDER BY (p.amount = 0), p.amount LIMIT 1) AS from_price,
    (SELECT p.amount FROM spektrix_instance_prices p WHERE p.venue = i.venue AND p.instance_id = i.id
        ORDER BY p.amount LIMIT 1) AS lowest_price,
    (SELECT p.amount FROM spektrix_instance_prices p WHERE p.venue = i.venue AND p.instance_id = i.id
        ORDER BY p.amount DESC LIMIT 1) AS highest_price
FROM spektrix_instances i
WHERE i.removed_at IS NULL;

-- The seats of each instance, over the plans that tickets are sold for. Null means that the service lists none.
CREATE OR REPLACE VIEW spektrix_seats AS
SELECT i.venue, i.id AS instance_id, i.event_id, i.plan_id,
    coalesce(
        (SELECT CAST(sum(greatest(a.available, 0)) AS SIGNED) FROM spektrix_bookable_plans b
            JOIN spektrix_availability a ON a.venue = b.venue AND a.plan_id = b.bookable_plan_id
            WHERE b.venue = i.venue AND b.plan_id = i.plan_id AND a.instance_id = i.id AND a.removed_at IS NULL),
        (SELECT greatest(a.available, 0) FROM spektrix_availability a
            WHERE a.venue = i.venue AND a.instance_id = i.id AND a.plan_id = i.plan_id AND a.removed_at IS NULL),
        (SELECT CAST(sum(greatest(a.available, 0)) AS SIGNED) FROM spektrix_availability a
            WHERE a.venue = i.venue AND a.instance_id = i.id AND NOT a.has_sub_plans AND a.removed_at IS NULL)
    ) AS seats_left,
    coalesce(
        (SELECT CAST(sum(greatest(a.capacity, 0)) AS SIGNED) FROM spektrix_bookable_plans b
            JOIN spektrix_availability a ON a.venue = b.venue AND a.plan_id = b.bookable_plan_id
            WHERE b.venue = i.venue AND b.plan_id = i.plan_id AND a.instance_id = i.id AND a.removed_at IS NULL),
        (SELECT greatest(a.capacity, 0) FROM spektrix_availability a
            WHERE a.venue = i.venue AND a.instance_id = i.id AND a.plan_id = i.plan_id AND a.removed_at IS NULL),
        (SELECT CAST(sum(greatest(a.capacity, 0)) AS SIGNED) FROM spektrix_availability a
            WHERE a.venue = i.venue AND a.instance_id = i.id AND NOT a.has_sub_plans AND a.removed_at IS NULL)
    ) AS capacity
FROM spektrix_instances i
WHERE i.removed_at IS NULL;

-- The seats of each instance, and whether tickets are sold now.
CREATE OR REPLACE VIEW spektrix_availability_now AS
SELECT s.venue, s.instance_id, s.event_id, s.seats_left, s.capacity,
    CASE
        WHEN UTC_TIMESTAMP() < i.start_selling_utc THEN 'not_yet_on_sale'
        WHEN UTC_TIMESTAMP() >= i.stop_selling_utc THEN 'sale_ended'
        WHEN NOT i.is_on_sale THEN 'not_on_sale'
        WHEN EXISTS (SELECT 1 FROM spektrix_events e
            WHERE e.venue = i.venue AND e.id = i.event_id AND e.removed_at IS NULL AND NOT e.is_on_sale) THEN 'not_on_sale'
        WHEN EXISTS (SELECT 1 FROM spektrix_plans p
            WHERE p.venue = i.venue AND p.id = i.plan_id AND p.removed_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM spektrix_bookable_plans b
                WHERE b.venue = i.venue AND b.plan_id = i.plan_id) THEN 'not_on_sale'
        WHEN s.seats_left = 0 THEN 'sold_out'
        ELSE 'on_sale'
    END AS sale_state
FROM spektrix_seats s
JOIN spektrix_instances i ON i.venue = s.venue AND i.id = s.instance_id;

-- The programme: each performance with its event, seats and price.
CREATE OR REPLACE VIEW spektrix_whats_on AS
SELECT i.venue, i.id AS instance_id, i.event_id, e.name, e.duration_minutes, i.start_local, i.start_utc, n.sale_state,
    n.seats_left, n.capacity, f.from_price, e.image_url, e.thumbnail_url, e.attributes AS event_attributes,
    i.attributes AS instance_attributes
FROM spektrix_instances i
JOIN spektrix_events e ON e.venue = i.venue AND e.id = i.event_id AND e.removed_at IS NULL
JOIN spektrix_availability_now n ON n.venue = i.venue AND n.instance_id = i.id
JOIN spektrix_from_price f ON f.venue = i.venue AND f.instance_id = i.id
WHERE i.removed_at IS NULL;
