using System.Text.Json;

namespace ForensicHeads.Experiments.Heads;

/// <summary>
/// Chooses the one step cap of fine-tuning, the same for every shot count, on validation people: too many updates learn the shots by heart
/// (docs/experiments.md, "Two arms").
/// </summary>
/// <param name="config">The experiment, with caps to try.</param>
/// <param name="weights">What fine-tuning starts from.</param>
internal sealed class StepCapChoice(ExperimentConfig config, GeneratorWeights weights)
{
    /// <summary>In which numbers heads are learnt; where is where the weights lie.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    // Raise it when the same inputs would give other numbers.
    private const string CodeVersion = "step-caps-1";
    private readonly IReadOnlyList<int> caps = config.StepCaps!;

    /// <summary>
    /// What each cap gives: the mean SSIM to true driver frames over people, shot counts and arms, each weighing the same. The highest is
    /// chosen, the smaller cap of equals.
    /// </summary>
    /// <param name="people">Validation people; at least one.</param>
    /// <param name="cache">Where what was measured is kept for the next run.</param>
    /// <param name="cancellation">Stops between fine-tuning steps.</param>
    public IReadOnlyList<StepCapRow> Measure(IReadOnlyList<PersonPlan> people, ContentCache cache, CancellationToken cancellation)
    {
        var inputs = CanonicalJson.ToLine(new
        {
            CodeVersion,
            weights.Sha256,
            people = people.Select(plan => plan.Hash()),
            config.Adapt,
            arms = config.BudgetArms,
            config.Shots,
            config.Seed,
            caps
        });
        var slot = cache.Slot($"{Hashes.OfText(inputs)[..16]}.json");
        if (slot.Find(inputs) is { } kept && JsonSerializer.Deserialize<StepCapRow[]>(kept.Span, CanonicalJson.Line)
            is { Length: > 0 } known) return known;
        var similarity = new double[people.Count][];
        ParallelLoop.Run(people.Count, i => similarity[i] = Person(people[i], cancellation), cancellation);
        var rows = Choose([.. caps.Select((cap, i) => new StepCapRow { Cap = cap, Ssim = similarity.Average(person => person[i]) })]);
        slot.Keep(inputs, JsonSerializer.SerializeToUtf8Bytes(rows, CanonicalJson.Line));
        return rows;
    }

    /// <summary>Marks the cap of the highest similarity, the smaller of equals.</summary>
    internal static StepCapRow[] Choose(IReadOnlyList<StepCapRow> rows)
    {
        var best = rows.OrderByDescending(row => row.Ssim).ThenBy(row => row.Cap).First();
        return [.. rows.Select(row => row with { Chosen = row == best })];
    }

    // By cap.
    private double[] Person(PersonPlan plan, CancellationToken cancellation)
    {
        var drivers = plan.Drivers();
        var landmarks = drivers.Select(driver => driver.Landmarks).ToArray();
        var draw = plan.Plan.Draws[0];
        var sums = new double[caps.Count];
        var cells = 0;
        foreach (var count in plan.Plan.PossibleShotCounts)
        {
            var shots = plan.Shots(draw, count);
            foreach (var arm in config.BudgetArms)
            {
                var options = config.Adapt with { Mode = Mode.Ft, Seed = config.Adapt.Seed + draw.Draw, Arm = arm };
                var updates = caps.Select(cap => (options with { StepCap = cap }).StepsFor(count)).ToArray();
                // Caps beyond the arm's own budget come to the same head.
                int[] counts = [.. updates.Distinct().Order()];
                var heads =
                    new FewShotGenerator(weights, options) { ContentFiles = ShippedFaces.ContentLoss(), Compute = Compute }
                    .FineTuneTo(shots, counts, null, cancellation);
                try
                {
                    var ssim = heads.Select(head =>
                        head.Render(landmarks).Select((made, i) => ImageSimilarity.Ssim(drivers[i].Image, made)).Average()).ToArray();
                    for (var i = 0; i < sums.Length; i++) sums[i] += ssim[Array.IndexOf(counts, updates[i])];
                    cells++;
                }
                finally
                {
                    foreach (var head in heads) head.Dispose();
                }
            }
        }

        return Array.ConvertAll(sums, sum => sum / cells);
    }
}
