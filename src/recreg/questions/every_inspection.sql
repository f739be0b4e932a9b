SELECT inspection.code, inspection.title, inspection.type, inspection.publishers, inspection.published_on, inspection.expected_words, inspection.our_part, inspection.url, inspection.summary, inspection.pcc_applies, inspection.pcc_comments_on
FROM inspection
ORDER BY inspection.id
