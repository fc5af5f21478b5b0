namespace ForensicHeads.Cli.Scoring;

/// <summary><see cref="Weighting"/> as it is typed.</summary>
internal enum WeightName
{
    /// <summary><see cref="Weighting.People"/>.</summary>
    People = Weighting.People,

    /// <summary><see cref="Weighting.Generators"/>.</summary>
    Generators = Weighting.Generators,

    /// <summary><see cref="Weighting.WorstGenerator"/>.</summary>
    Worst = Weighting.WorstGenerator,
}
