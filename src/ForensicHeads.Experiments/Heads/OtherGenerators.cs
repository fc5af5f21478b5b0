namespace ForensicHeads.Experiments.Heads;

/// <summary>The generators of an experiment beside the few-shot one, opened: attackers of the catalogue, programs of others, and finished
/// fakes.</summary>
internal sealed class OtherGenerators : IDisposable
{
    private readonly ExperimentConfig config;

    private readonly OpenPrograms programs;

    private OtherGenerators(ExperimentConfig config, OpenPrograms programs) => (this.config, this.programs) = (config, programs);

    /// <summary>Attackers of the catalogue.</summary>
    public IReadOnlyList<GeneratorEntry> Own { get; private init; } = [];

    /// <summary>Programs of others.</summary>
    public IReadOnlyList<ProgramGenerator> Programs => programs.All;

    /// <summary>Finished fakes.</summary>
    public IReadOnlyList<FinishedFakes> Fakes { get; private init; } = [];

    /// <summary>What made them, for the report.</summary>
    public IEnumerable<ReportFact> Facts =>
    [
        .. Programs.Select(one => new ReportFact($"generator {one.Title} ({one.Licence})", one.Key)),
        .. Fakes.Select(one => new ReportFact($"finished fakes of {one.Title}", one.Store.ContentHash)),
    ];

    /// <summary>What must be said beside the numbers, a line each: shot counts that a program cannot use, and whether finished fakes were
    /// driven by the true frames that they are held against.</summary>
    /// <param name="tested">Plans of those who are tested.</param>
    public IReadOnlyList<string> Notes(IReadOnlyList<PersonPlan> tested) => [.. Programs.SelectMany(Missing), .. Fakes.Select(fakes =>
    {
        var clips = tested.SelectMany(plan => fakes.Of(plan, config.DriverFrames).GroupBy(frame => (frame.Video, frame.Track, frame.Origin))
            .Select(clip => FinishedFakes.IsDrivenBy(plan, clip))).ToArray();
        return FormattableString.Invariant(
            $"Finished fakes of {fakes.Title}: {clips.Count(driven => driven)} of {clips.Length} clips of test people were driven by the ")
            + "true frames that are tested; the others stand beside true frames of another moment, so that more than their making differs.";
    })];

    private IEnumerable<string> Missing(ProgramGenerator program)
    {
        var left = config.Shots.Where(count => !program.Takes(count)).ToArray();
        if (left.Length > 0) yield return
            $"{program.Name} takes {string.Join(", ", program.ShotCounts)} shots alone, so it has no frames at T = "
            + $"{string.Join(", ", left)}.";
    }

    /// <summary>Opens what the configuration names.</summary>
    /// <exception cref="UserErrorException">A file or a store that cannot be used.</exception>
    public static OtherGenerators Open(ExperimentConfig config)
    {
        var found = config.Others.ToArray();
        return new OtherGenerators(config, new OpenPrograms(found.Where(one => one.IsProgram).Select(one => one.Path!)))
        {
            Own = [.. found.Where(one => one.Path is null).Select(one => Generators.All.ByName(one.Title))],
            Fakes = [.. found.Where(one => one.Store is not null).Select(one => FinishedFakes.Open(one.Path!, one.Title))],
        };
    }

    /// <summary>Which of them make frames of people of a role: all of those who are tested, and of those who train what detectors may
    /// learn from.</summary>
    /// <param name="all">Some of them.</param>
    /// <param name="role">The role.</param>
    /// <param name="name">Its name.</param>
    public IReadOnlyList<T> For<T>(IReadOnlyList<T> all, SplitRole role, Func<T, string> name) => role switch
    {
        SplitRole.Test => all,
        SplitRole.Train => [.. config.AttackersInTraining.SelectMany(one => all.Where(other => name(other) == one))],
        _ => [],
    };

    /// <inheritdoc/>
    public void Dispose() => programs.Dispose();
}

/// <summary>Generators of others, open until all their jobs are done.</summary>
/// <param name="files">Paths of <c>NAME.generator.json</c>.</param>
internal sealed class OpenPrograms(IEnumerable<string> files) : IDisposable
{
    /// <summary>In the order of the files.</summary>
    public IReadOnlyList<ProgramGenerator> All { get; } = [.. files.Select(ProgramGenerator.Open)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var program in All) program.Dispose();
    }
}
