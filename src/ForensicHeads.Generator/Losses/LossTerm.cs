using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>One named term of what the generator's side learns by, in meta-learning and in fine-tuning alike.</summary>
/// <remarks>
/// To add a loss: a class of this form, and its name in <see cref="LossTerms.All"/>, or added there from an assembly of your own. Whoever
/// gives it a weight in the options (<c>"terms": { "NAME": 0.5 }</c>) learns by it; it then stands under its name, lower case with
/// underscores, in <c>stats.jsonl</c> and in TensorBoard. A step may be computed in equal parts: a term is a mean over its frames.
/// </remarks>
public interface ILossTerm : INamed
{
    /// <summary>The term before its weight, a scalar with gradient to what was made; null where the step lacks what it needs.</summary>
    Tensor? Of(LossStep step);
}

/// <summary>The catalogue of terms beside those of the paper, which have options of their own.</summary>
public static class LossTerms
{
    /// <summary>Every such term; none comes with the toolkit.</summary>
    public static Catalogue<ILossTerm> All { get; } = new("loss term");

    /// <summary>Checks names and weights.</summary>
    /// <exception cref="UserErrorException">An unknown name, or a weight below 0.</exception>
    internal static void Check(string kind, IReadOnlyDictionary<string, double>? terms)
    {
        foreach (var (name, weight) in terms ?? new Dictionary<string, double>())
            OptionCheck.NotNegative(kind, ($"weight of the term {All.ByName(name).Name}", weight));
    }
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

    /// <summary><see cref="IContentLoss.Scales"/> of the whole batch where this is a part of one, else null.</summary>
    internal Tensor? ContentScales { get; init; }

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
