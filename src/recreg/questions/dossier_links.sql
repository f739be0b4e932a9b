SELECT link.id AS link_id, link.relation, link.item_id = :item_id AS made_here, item.ref, item.hmicfrs_ref, item.title, item.status
FROM link JOIN item ON item.id = CASE WHEN (link.item_id = :item_id) THEN link.other_id ELSE link.item_id END
WHERE (link.item_id = :item_id OR link.other_id = :item_id) AND item.withdrawn_on IS NULL
ORDER BY link.id
