using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>One named, weighted term of what the generator's side learns by.</summary>
/// <remarks>
/// To add a loss: a class of this form, and one line in the list of <see cref="Objective"/>, which meta-learning and fine-tuning share.
/// It then counts in both and stands under its name in <c>stats.jsonl</c> and in TensorBoard. A term from outside this assembly is given to
/// <see cref="Training.MetaTraining.Terms"/> instead.
/// </remarks>
public interface ILossTerm
{
    /// <summary>Name in the logs, lower case with underscores, unlike that of any other term or figure.</summary>
    string Name { get; }

    /// <summary>Its factor in the sum, 0 or more.</summary>
    double Weight { get; }

    /// <summary>The term before its weight, a scalar with gradient to what was made; null where the step lacks what it needs.</summary>
    Tensor? Of(LossStep step);
}

/// <summary>What one update of the generator's side offers to its terms; all of it belongs to the step's dispose scope.</summary>
/// <param name="generated">x̂, float32[N, 3, S, S] in −1…1, with gradient.</param>
/// <param name="truth">x, likewise, without gradient.</param>
/// <param name="judge">Asks D about both; null where D takes no part.</param>
public sealed class LossStep(Tensor generated, Tensor truth, Func<DiscriminatorJudgement>? judge = null)
{
    private DiscriminatorJudgement? judgement;

    /// <summary>x̂, float32[N, 3, S, S] in −1…1, with gradient.</summary>
    public Tensor Generated => generated;

    /// <summary>x, float32[N, 3, S, S] in −1…1.</summary>
    public Tensor Truth => truth;

    /// <summary>The landmark images of both, float32[N, 3, S, S] in −1…1.</summary>
    public Tensor? Landmarks { get; init; }

    /// <summary>ê, float32[N, E], with gradient; null in fine-tuning, where it stands still.</summary>
    public Tensor? Embedding { get; init; }

    /// <summary>ψ̂ or ψ', float32[N or 1, n], with gradient.</summary>
    public Tensor? Adaptive { get; init; }

    /// <summary>What D makes of both frames, computed when the first term asks; null where D takes no part.</summary>
    public DiscriminatorJudgement? DiscriminatorJudgement => judgement ??= judge?.Invoke();
}

/// <summary>What D, which does not learn from it, makes of the frames of a step.</summary>
/// <param name="Real">Of the true frames, without gradient.</param>
/// <param name="Generated">Of the generated ones.</param>
/// <param name="Scores">D(x̂), float32[N].</param>
/// <param name="VideoVectors">W_i of each, float32[N, E], with gradient; null in fine-tuning.</param>
public sealed record DiscriminatorJudgement(DiscriminatorFeatures Real, DiscriminatorFeatures Generated, Tensor Scores,
    Tensor? VideoVectors = null);
