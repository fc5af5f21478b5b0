using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Protocols;

/// <summary>How one scorer did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it sees and how it is trained.</param>
/// <param name="Macro">Mean AUC over the generators with enough clips, two-way interval (generator × real person).</param>
/// <param name="Generators">Each generator.</param>
/// <param name="Choices">What it chose inside the training side of each round.</param>
public sealed record ScorerResult(string Name, string Description, Estimate Macro, IReadOnlyList<GeneratorAuc> Generators, IReadOnlyList<RoundChoice> Choices);
