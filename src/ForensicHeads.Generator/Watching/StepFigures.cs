using System.Text.Json;
using System.Text.Json.Serialization;

namespace ForensicHeads.Generator.Watching;

/// <summary>One line of <c>stats.jsonl</c>: what a step came to. The same seed gives the same line; what depends on the clock stands in
/// <c>timings.jsonl</c>.</summary>
public sealed record StepFigures
{
    /// <summary>The terms of the objective that have a member here; others are <see cref="Further"/>.</summary>
    internal static readonly string[] Terms = [ContentTerm.Key, AdversarialTerm.Key, FeatureMatchingTerm.Key, MatchingTerm.Key];

    /// <summary>The step, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>L_CNT, unweighted.</summary>
    public required double Content { get; init; }

    /// <summary>−D(x̂), the generator's adversarial term; 0 before D takes part.</summary>
    public required double Adversarial { get; init; }

    /// <summary>Feature matching, unweighted; 0 before D takes part.</summary>
    public required double FeatureMatching { get; init; }

    /// <summary>L_MCH, unweighted; 0 before D takes part.</summary>
    public required double Matching { get; init; }

    /// <summary>The hinge loss of D; null before it takes part.</summary>
    public required double? Discriminator { get; init; }

    /// <summary>Mean D(x) over the batch, before the step's last update of D; null before it takes part.</summary>
    public required double? ScoreReal { get; init; }

    /// <summary>Mean D(x̂), likewise.</summary>
    public required double? ScoreGenerated { get; init; }

    /// <summary>Euclidean norm of E's gradient.</summary>
    public required double? GradientEmbedder { get; init; }

    /// <summary>Of G's.</summary>
    public required double? GradientGenerator { get; init; }

    /// <summary>Of P's.</summary>
    public required double? GradientProjection { get; init; }

    /// <summary>Of D's, in the step's last update of D; null before it takes part.</summary>
    public required double? GradientDiscriminator { get; init; }

    /// <summary>Learning rate of E, G and P.</summary>
    public required double RateGenerator { get; init; }

    /// <summary>Learning rate of D and W.</summary>
    public required double RateDiscriminator { get; init; }

    /// <summary>Spread of ê over the batch relative to its size; null for a batch of one.</summary>
    public required double? EmbeddingSpread { get; init; }

    /// <summary>How far the frames of the sample grid change under another person's ê, see <see cref="Training.SampleDrawing"/>; null where
    /// no grid was drawn.</summary>
    public required double? SwapChange { get; init; }

    /// <summary>Terms of the objective beside these four, unweighted, by name: they end the line as figures of their own.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Further { get; init; }

    /// <summary>Whether <see cref="Further"/> holds numbers alone, as a line of ours does.</summary>
    internal bool HoldsNumbers => Further?.Values.All(value => value.ValueKind == JsonValueKind.Number) != false;

    /// <summary>The figures that the step has, under the tags that group TensorBoard's curves.</summary>
    public IEnumerable<KeyValuePair<string, double>> Curves()
    {
        (string Tag, double? Value)[] all =
        [
            ("loss/content", Content), ("loss/adversarial", Adversarial), ("loss/feature_matching", FeatureMatching),
            ("loss/matching", Matching), ("loss/discriminator", Discriminator),
            ("score/real", ScoreReal), ("score/generated", ScoreGenerated),
            ("gradient/embedder", GradientEmbedder), ("gradient/generator", GradientGenerator), ("gradient/projection", GradientProjection),
            ("gradient/discriminator", GradientDiscriminator),
            ("rate/generator", RateGenerator), ("rate/discriminator", RateDiscriminator),
            ("embedding/spread", EmbeddingSpread), ("embedding/swap_change", SwapChange),
            .. (Further ?? []).Select(term => ($"loss/{term.Key}", (double?)term.Value.GetDouble())),
        ];
        foreach (var (tag, value) in all)
        {
            if (value is { } number) yield return KeyValuePair.Create(tag, number);
        }
    }
}
