namespace ForensicHeads.Experiments.Results;

/// <summary>What video codecs spent on each class and on each kind of made frames.</summary>
internal static class Compression
{
    /// <summary>For each condition the true frames, the few-shot ones, and each way of making.</summary>
    /// <param name="coded">Frames of test people, each with the mean bits of its sequence.</param>
    /// <param name="size">Side of the frames in pixels.</param>
    public static IReadOnlyList<CompressionRow> Rows(IEnumerable<CodedFrame> coded, int size) =>
        [.. coded.GroupBy(entry => entry.Condition, StringComparer.Ordinal).SelectMany(condition =>
        {
            var entries = condition.ToArray();
            CompressionRow[] classes =
                [.. new[] { Row(Label.Real, null, entry => entry.Frame.IsReal),
                Row(Label.Generated, null, entry => entry.Frame.Origin.Is<FewShotHeads>()) }.OfType<CompressionRow>()];
            var kinds = entries.Select(entry => entry.Frame.Origin.Method).OfType<Method>().Distinct().Order();
            return classes.Concat(kinds.Select(kind => Row(Label.Generated, kind, entry => entry.Frame.Origin.Method == kind)!));

            CompressionRow? Row(Label label, Method? mode, Func<CodedFrame, bool> chosen)
            {
                var own = entries.Where(chosen).ToArray();
                if (own.Length == 0) return null;
                var bits = own.Average(entry => (double)entry.Bits);
                return new CompressionRow(condition.Key, label, mode, own.Select(entry => entry.Frame.Sequence).Distinct().Count(),
                    own.Length, bits, bits / ((double)size * size));
            }
        })];
}
