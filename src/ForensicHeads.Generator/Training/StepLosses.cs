namespace ForensicHeads.Generator.Training;

/// <summary>What one meta-learning step came to.</summary>
/// <param name="Terms">Each term of the objective that took part, before its weight, by name in the order of the sum.</param>
/// <param name="Discriminator">The hinge loss of D; null where it takes no part.</param>
/// <param name="EmbeddingSpread">Spread of ê over the batch relative to its size; null where the batch holds one episode.</param>
public sealed record StepLosses(IReadOnlyDictionary<string, double> Terms, double? Discriminator, double? EmbeddingSpread)
{
    /// <summary>L_CNT.</summary>
    public double Content => Of(ContentTerm.Key);

    /// <summary>Scores and gradient norms; null where <see cref="MetaLearner.Measures"/> was off.</summary>
    public StepMeasures? Measures { get; init; }

    /// <summary>A term by its name; 0 where it took no part.</summary>
    public double Of(string term) => Terms.GetValueOrDefault(term);
}

/// <summary>What a step measures only when asked: each costs a look at the device.</summary>
/// <param name="RealScore">Mean D(x) in the step's last update of D; null where D takes no part.</param>
/// <param name="GeneratedScore">Mean D(x̂), likewise.</param>
/// <param name="Embedder">Euclidean norm of E's gradient.</param>
/// <param name="Generator">Of G's.</param>
/// <param name="Projection">Of P's.</param>
/// <param name="Discriminator">Of D's in its last update; null where D takes no part.</param>
public sealed record StepMeasures(
    double? RealScore, double? GeneratedScore, double? Embedder, double? Generator, double? Projection, double? Discriminator);
