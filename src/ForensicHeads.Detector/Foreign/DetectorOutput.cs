namespace ForensicHeads.Detector.Foreign;

/// <summary>What a network's numbers mean, fixed before any score is seen.</summary>
public sealed record DetectorOutput
{
    private const int MostIndex = 1 << 20;

    /// <summary>The output's name in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the output's numbers for a picture, from 0. Default 0.</summary>
    public int Index { get; init; }

    /// <summary>What would still have to be done to make a probability of the number.</summary>
    public required OutputActivation Activation { get; init; }

    /// <summary>Which class has the higher numbers; scores of one that rises to real are turned round.</summary>
    public required Label RisesTo { get; init; }

    /// <summary>The score of a picture, higher = generated.</summary>
    /// <param name="raw">float32[K]: the output's numbers for it.</param>
    /// <returns>The number itself, or with softmax the log-odds of its class against all others; null where it is not finite.</returns>
    public double? Score(ReadOnlySpan<float> raw)
    {
        var score = Activation == OutputActivation.Softmax ? LogOdds(raw) : raw[Index];
        return !double.IsFinite(score) ? null : RisesTo == Label.Real ? -score : score;
    }

    internal void Check(DetectorFileCheck check)
    {
        check.Line("output.name", Name);
        check.Between("output.index", Index, 0, MostIndex);
    }

    // log p / (1 − p) = z − log Σ exp(others), which overflows nowhere when the largest is taken out.
    private double LogOdds(ReadOnlySpan<float> raw)
    {
        double most = double.NegativeInfinity, sum = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (float.IsNaN(raw[i])) return double.NaN;
            if (i != Index) most = Math.Max(most, raw[i]);
        }

        for (var i = 0; i < raw.Length; i++) if (i != Index) sum += Math.Exp(raw[i] - most);
        return raw[Index] - most - Math.Log(sum);
    }
}

/// <summary>What would still have to be done to make a probability of a number.</summary>
public enum OutputActivation
{
    /// <summary>Nothing, or it is none: the number is the score.</summary>
    None,

    /// <summary>The sigmoid: the number is a logit, and the logit is the score.</summary>
    Sigmoid,

    /// <summary>The softmax over the output's numbers: the score is log p / (1 − p) of the class.</summary>
    Softmax,
}
