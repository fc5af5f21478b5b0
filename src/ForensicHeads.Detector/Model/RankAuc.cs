namespace ForensicHeads.Detector;

/// <summary>Area under the ROC curve, exactly: the share of (generated, real) pairs in the right order, ties counted half.</summary>
/// <remarks>For p values and importance inside this room; published numbers and their intervals come from Reporting.</remarks>
internal static class RankAuc
{
    /// <summary>AUC of the scores; NaN when a class is empty.</summary>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> generated)
    {
        if (scores.Length != generated.Length) throw new ArgumentException($"{generated.Length} labels do not fit {scores.Length} scores.", nameof(generated));
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        scores.ToArray().AsSpan().Sort(order.AsSpan());
        long positives = 0, won = 0, below = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            long real = 0, fake = 0;
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
            {
                if (generated[order[end]]) fake++;
                else real++;
            }

            // Doubled, so that half a pair is a whole number.
            won += fake * ((2 * below) + real);
            below += real;
            positives += fake;
            start = end;
        }

        return positives == 0 || below == 0 ? double.NaN : won / (2.0 * positives * below);
    }
}
