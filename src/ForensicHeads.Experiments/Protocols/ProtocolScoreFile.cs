using Row = (string Scorer, ForensicHeads.Reporting.Protocols.RoundScore Score);

namespace ForensicHeads.Experiments.Protocols;

/// <summary>Writes <c>scores.parquet</c> of a protocol: one row a clip, round and scorer.</summary>
internal static class ProtocolScoreFile
{
    private static readonly ScoreColumn<Row>[] Columns =
    [
        ScoreColumn<Row>.Text("scorer", row => row.Scorer), ScoreColumn<Row>.Text("left_out", row => row.Score.LeftOut),
        ScoreColumn<Row>.Number("fold_left_out", row => row.Score.Fold), ScoreColumn<Row>.Text("clip", row => row.Score.Clip),
        ScoreColumn<Row>.Text("identity", row => row.Score.Identity),
        ScoreColumn<Row>.Text("label", row => (row.Score.Generated ? Label.Generated : Label.Real).Text()),
        ScoreColumn<Row>.Text("generator", row => row.Score.Generated ? row.Score.Generator : null, nullable: true),
        ScoreColumn<Row>.Number("score", row => row.Score.Score),
    ];

    public static void Write(string folder, IReadOnlyDictionary<string, IReadOnlyList<RoundScore>> scores) => ScoreColumn<Row>.WriteFile(
        folder, Columns, [.. scores.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => pair.Value.Select(score => (pair.Key, score)))]);
}
