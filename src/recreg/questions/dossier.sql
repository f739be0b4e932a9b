SELECT inspection.title AS inspection_title, inspection.published_on, item.review_anchor_on, item.returned_by
FROM item
LEFT OUTER JOIN inspection ON inspection.id = item.inspection_id
WHERE item.id = :item_id
