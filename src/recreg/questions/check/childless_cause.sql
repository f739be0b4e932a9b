SELECT item.ref, item.hmicfrs_ref, item.added_on
FROM item
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND item.kind = 'cause_of_concern' AND NOT (EXISTS (SELECT *
FROM item AS child
WHERE child.parent_id = item.id AND child.withdrawn_on IS NULL))
