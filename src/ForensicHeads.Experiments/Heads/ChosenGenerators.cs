namespace ForensicHeads.Experiments.Heads;

/// <summary>One generator of an experiment.</summary>
/// <param name="Name">Shipped name or path.</param>
/// <param name="Label"><c>g1</c>, <c>g2</c> …; empty for the only one.</param>
/// <param name="Weights">What fine-tuning starts from.</param>
/// <param name="Forward">What feed-forward heads come from; null where the same weights serve both.</param>
internal sealed record GeneratorChoice(string Name, string Label, GeneratorWeights Weights, GeneratorWeights? Forward)
{
    /// <summary>Folder of its frames within a fold's.</summary>
    public string Folder => Label.Length > 0 ? "frames-" + Label : "frames";
}

/// <summary>The generators of an experiment, all of one size.</summary>
internal sealed class ChosenGenerators : IDisposable
{
    private readonly List<GeneratorChoice> all = [];

    /// <summary>In the order of the configuration.</summary>
    public IReadOnlyList<GeneratorChoice> All => all;

    /// <summary>Hashes of the weights, for the report.</summary>
    public IEnumerable<ReportFact> Facts => all.SelectMany(one => new[]
    {
        new ReportFact($"generator weights{Suffix(one)}", one.Weights.Sha256),
            new ReportFact($"feed-forward weights{Suffix(one)}", (one.Forward ?? one.Weights).Sha256),
    });

    /// <summary>Whether feed-forward and fine-tuned heads come from meta-trainings of their own, by what the weights say of
    /// themselves.</summary>
    public bool AreSeparate => all.All(one => one.Weights.TrainedFor == TrainedFor.Ft && one.Forward?.TrainedFor == TrainedFor.Ff);

    /// <summary>Loads what the configuration names.</summary>
    /// <param name="source">The configuration.</param>
    /// <param name="compute">Where the weights are put.</param>
    /// <exception cref="UserErrorException">Weights are missing, damaged, or of different sizes.</exception>
    public static ChosenGenerators Load(GeneratorSource source, Compute compute)
    {
        var generators = new ChosenGenerators();
        try
        {
            for (var i = 0; i < source.Weights.Count; i++)
            {
                var weights = GeneratorWeights.Load(ShippedWeights.Resolve(source.Weights[i])).To(compute);
                var choice =
                    new GeneratorChoice(source.Weights[i], source.Weights.Count == 1 ? "" : FormattableString.Invariant($"g{i + 1}"),
                    weights, null);
                generators.all.Add(choice);
                if (source.ForwardWeights is { } forward) generators.all[^1] = choice
                    with
                { Forward = GeneratorWeights.Load(ShippedWeights.Resolve(forward[i])).To(compute) };
            }

            var sizes = generators.all.SelectMany(one => new[] { one.Weights.Preset.Size, (one.Forward ?? one.Weights).Preset.Size })
                .Distinct().Order().ToArray();
            return sizes.Length == 1 ? generators
                : throw new UserErrorException(
                $"generator.weights and generator.forward_weights work at {string.Join(" and ", sizes)} px. Choose weights of one size.",
                exitCode: 2);
        }
        catch
        {
            generators.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var one in all)
        {
            one.Weights.Dispose();
            one.Forward?.Dispose();
        }
    }

    private static string Suffix(GeneratorChoice one) => one.Label.Length > 0 ? $" ({one.Label})" : "";
}
