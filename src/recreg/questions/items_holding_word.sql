SELECT item.id
FROM item
WHERE item.title LIKE :word OR item.hmicfrs_ref LIKE :word OR item.text LIKE :tail AND item.text LIKE :word UNION SELECT item.id
FROM item
WHERE item.inspection_id IN (SELECT inspection.id
FROM inspection
WHERE inspection.title LIKE :word) UNION SELECT note.item_id
FROM note
WHERE note.text LIKE :word UNION SELECT evidence_item.item_id
FROM evidence_item, evidence
WHERE evidence_item.evidence_id = evidence.id AND evidence.title LIKE :word
