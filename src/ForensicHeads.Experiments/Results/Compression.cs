using ForensicHeads.Experiments.Detection;
using ForensicHeads.Experiments.Heads;
using ForensicHeads.Reporting.Results;

namespace ForensicHeads.Experiments.Results;

/// <summary>What video codecs spent on each class and on each kind of made frames.</summary>
internal static class Compression
{
    /// <summary>For each condition the true frames, the few-shot ones, and each way of making.</summary>
    /// <param name="coded">Frames of test people, each with the mean bits of its sequence.</param>
    /// <param name="size">Side of the frames in pixels.</param>
    public static IReadOnlyList<CompressionRow> Rows(IEnumerable<(string Condition, ExperimentFrame Frame, float Bits)> coded, int size) =>
        [.. coded.GroupBy(entry => entry.Condition, StringComparer.Ordinal).SelectMany(condition =>
        {
            var entries = condition.ToArray();
            CompressionRow[] classes = [.. new[] { Row("real", null, entry => entry.Frame.IsReal), Row("generated", null, entry => entry.Frame.Record.Generator == FakeKind.FewShot) }.OfType<CompressionRow>()];
            var kinds = entries.Where(entry => !entry.Frame.IsReal).Select(entry => KindOf(entry.Frame)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            return classes.Concat(kinds.Select(kind => Row("generated", kind, entry => !entry.Frame.IsReal && KindOf(entry.Frame) == kind)!));

            CompressionRow? Row(string label, string? mode, Func<(string Condition, ExperimentFrame Frame, float Bits), bool> chosen)
            {
                var own = entries.Where(chosen).ToArray();
                if (own.Length == 0) return null;
                var bits = own.Average(entry => (double)entry.Bits);
                return new CompressionRow(condition.Key, label, mode, own.Select(entry => entry.Frame.Sequence).Distinct().Count(), own.Length, bits, bits / ((double)size * size));
            }
        })];

    private static string KindOf(ExperimentFrame frame) => frame.Record.Mode ?? frame.Record.Generator!;
}
