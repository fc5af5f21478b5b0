namespace ForensicHeads.Detector.Model;

/// <summary>Who counts how much among the generated rows of a training; real rows always count by people.</summary>
public enum Weighting
{
    /// <summary>Every person the same.</summary>
    People,

    /// <summary>Every generator the same, and within a generator every person.</summary>
    Generators,

    /// <summary>The generators by how badly they are told from real: group distributionally robust optimisation (Sagawa et al. 2020,
    /// algorithm 1, by whole fits in place of steps).</summary>
    WorstGenerator,
}

/// <summary>
/// Weights under which the two classes count the same, within a class every person the same, and within a person every mode and shot
/// count the same; a row's own weight only shifts the balance inside that last group. The weights' mean is 1. Other rules
/// (<see cref="Weighting"/>) share the generated class out among generators first.
/// </summary>
internal static class ExampleWeights
{
    private const int Fits = 5;

    /// <summary>Weights by a rule that needs no fit.</summary>
    public static float[] Of(IReadOnlyList<LabelledFeatures> rows, Weighting rule = Weighting.People) =>
        rule == Weighting.People ? Of(rows, row => "") : Of(rows, Generator);

    /// <summary>Weights by any rule.</summary>
    /// <param name="rows">Rows of both classes.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="fit">Scores of the rows, higher = generated, by a model fitted under weights.</param>
    /// <remarks>For the worst generator: q ∝ q · exp(loss), five fits from equal shares on, the loss of a generator the mean of
    /// ln(1 + e^−s) over its rows by the weights inside it, s the score over its deviation.</remarks>
    public static float[] Of(IReadOnlyList<LabelledFeatures> rows, Weighting rule, Func<float[], IReadOnlyList<float>> fit)
    {
        var weights = Of(rows, rule);
        if (rule != Weighting.WorstGenerator) return weights;
        var groups = Enumerable.Range(0, rows.Count).Where(i => rows[i].Generated).GroupBy(i => Generator(rows[i])).ToArray();
        var all = groups.Sum(group => group.Sum(i => (double)weights[i]));
        var shares = groups.ToDictionary(group => group.Key, _ => 1.0 / groups.Length);
        for (var step = 0; step < Fits; step++)
        {
            var scores = fit(weights);
            var deviation = Deviation(scores);
            if (deviation <= 0) return weights;
            foreach (var group in groups)
                shares[group.Key] *= Math.Exp(group.Sum(i => weights[i] * Math.Log(1 + Math.Exp(-scores[i] / deviation)))
                    / group.Sum(i => weights[i]));
            var total = shares.Values.Sum();
            foreach (var group in groups)
            {
                shares[group.Key] /= total;
                var factor = shares[group.Key] * all / group.Sum(i => (double)weights[i]);
                foreach (var i in group) weights[i] = (float)(weights[i] * factor);
            }
        }

        return weights;
    }

    // What a clip's rows are shared out by is its generator, too.
    private static string Generator(LabelledFeatures row) => row.Generated ? row.Origin.Generator ?? row.Share ?? "" : "";

    private static float[] Of(IReadOnlyList<LabelledFeatures> rows, Func<LabelledFeatures, string> group)
    {
        var weights = new float[rows.Count];
        var classes = Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].Generated).ToArray();
        foreach (var side in classes)
        {
            var groups = side.GroupBy(i => group(rows[i]), StringComparer.Ordinal).ToArray();
            foreach (var one in groups)
            {
                var people = one.GroupBy(i => rows[i].Identity, StringComparer.Ordinal).ToArray();
                foreach (var person in people)
                {
                    var cells = person.GroupBy(i => (rows[i].Origin.Mode, rows[i].Origin.Shots, rows[i].Share)).ToArray();
                    foreach (var cell in cells)
                    {
                        var share = (double)rows.Count / classes.Length / groups.Length / people.Length / cells.Length;
                        var total = cell.Sum(i => (double)rows[i].Weight);
                        foreach (var i in cell) weights[i] = (float)(share * rows[i].Weight / total);
                    }
                }
            }
        }

        return weights;
    }

    private static double Deviation(IReadOnlyList<float> scores)
    {
        var mean = scores.Average(score => (double)score);
        return Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
    }
}
