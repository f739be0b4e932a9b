SELECT board.name, person.name AS lead, (SELECT count(*) AS count_1
FROM item
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
WHERE item.board_id = board.id AND item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1
AND (item.parent_id IS NULL OR parent.kind = 'cause_of_concern')) AS open_items
FROM board
LEFT OUTER JOIN person ON person.id = board.lead_id
ORDER BY board.name
