namespace ForensicHeads.Generator.Training;

/// <summary>What a step measures only when asked: each costs a look at the device.</summary>
/// <param name="RealScore">Mean D(x) in the step's last update of D; null where D takes no part.</param>
/// <param name="GeneratedScore">Mean D(x̂), likewise.</param>
/// <param name="Embedder">Euclidean norm of E's gradient.</param>
/// <param name="Generator">Of G's.</param>
/// <param name="Projection">Of P's.</param>
/// <param name="Discriminator">Of D's in its last update; null where D takes no part.</param>
public sealed record StepMeasures(double? RealScore, double? GeneratedScore, double? Embedder, double? Generator, double? Projection, double? Discriminator);
