SELECT item.ref, item.hmicfrs_ref, item.deadline_words, inspection.code, inspection.published_on
FROM item
LEFT OUTER JOIN inspection ON inspection.id = item.inspection_id
WHERE item.closed_on IS NULL AND item.withdrawn_on IS NULL AND item.ours = 1 AND item.deadline_words IS NOT NULL AND item.deadline_on IS NULL
