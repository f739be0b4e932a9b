SELECT inspection.code, inspection.title, inspection.type, inspection.publishers, inspection.published_on, inspection.expected_words, inspection.our_part, inspection.url, inspection.summary, inspection.pcc_applies, inspection.pcc_comments_on, (SELECT count(*) AS count_1
FROM item
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
WHERE item.inspection_id = inspection.id AND item.withdrawn_on IS NULL
AND (item.parent_id IS NULL OR parent.kind = 'cause_of_concern')) AS items, (SELECT count(*) AS count_2
FROM item
LEFT OUTER JOIN item AS parent ON parent.id = item.parent_id
WHERE item.inspection_id = inspection.id AND item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1
AND (item.parent_id IS NULL OR parent.kind = 'cause_of_concern')) AS open_items
FROM inspection
WHERE :code IS NULL OR inspection.code = :code
ORDER BY inspection.published_on, inspection.code
