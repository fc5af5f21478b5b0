namespace ForensicHeads.Experiments.Results;

/// <summary>The picture grids of the report: one driver frame of a few test people, made in every way.</summary>
internal static class HeadGrid
{
    private const int People = 6;

    /// <summary>Shot, ff and ft at every T, all frames, truth; then the other attackers, where there are any that make something.</summary>
    public static IReadOnlyList<GridPicture> Draw(ExperimentConfig config, IReadOnlyList<ExperimentFrame> frames)
    {
        var shots = string.Join(", ", config.Shots);
        var heads = Grid(frames, [.. Shot(config), .. FewShot(config), Truth], "heads",
            $"{First(config)}feed-forward (ff) and fine-tuned (ft) heads from {shots} shots, fine-tuned on everything, and the truth");
        if (!Making(config).Any()) return [heads];
        return [heads,
            Grid(frames, [.. Shot(config), .. Others(config), Truth], "attackers",
            $"{First(config)}the other attackers from the fewest and the most shots, and the truth")];
    }

    private static Column Truth => new("truth", frame => frame.IsReal);

    // What was not made cannot be shown.
    private static IEnumerable<Column> Shot(ExperimentConfig config) => !config.Attackers.Contains(Generators.The<NearestShot>().Name) ? []
        : [new("shot", frame => frame.Origin.Is<NearestShot>() && frame.Origin.Shots == config.Shots[0])];

    private static string First(ExperimentConfig config) => Shot(config).Any() ? "the one shot, then " : "";

    private static IEnumerable<Column> FewShot(ExperimentConfig config)
    {
        var several = config.BudgetArms.Count > 1;
        foreach (var (mode, arm) in config.BudgetArms.Select(arm => (Mode.Ft, (Arm?)arm)).Prepend((Mode.Ff, null)))
        {
            var name = mode == Mode.Ff ? "feed-forward" : several ? $"fine-tuned ({arm.Text()})" : "fine-tuned";
            foreach (var shots in config.Shots) yield return new(FormattableString.Invariant($"{name}\nT = {shots}"), frame =>
                frame.Origin.IsHead && frame.Origin.Mode == mode && frame.Origin.Arm == arm && frame.Origin.Shots == shots);
        }

        foreach (var arm in config.BudgetArms)
        {
            var title = several ? $"all frames\n({arm.Text()})" : "all\nframes";
            yield return new(title, frame => frame.Origin.Is<HeadOfEverything>() && frame.Origin.Arm == arm);
        }
    }

    private static IEnumerable<Column> Others(ExperimentConfig config) =>
        from name in Making(config)
        from shots in new[] { config.Shots[0], config.Shots[^1] }.Distinct()
        select new Column(FormattableString.Invariant($"{name}\nT = {shots}"), frame =>
            frame.Origin.Generator == name && frame.Origin.Shots == shots);

    // A true frame of another moment is no picture of its maker.
    private static IEnumerable<string> Making(ExperimentConfig config) =>
        config.Attackers.Where(name => Generators.All.Find(name) is not { GivesTrueFrames: true });

    private static GridPicture Grid(IReadOnlyList<ExperimentFrame> frames, IReadOnlyList<Column> columns, string name, string what)
    {
        var everybody = frames.Select(frame => frame.Record.Identity).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ToArray();
        var people = Enumerable.Range(0, Math.Min(People, everybody.Length))
            .Select(i => everybody[i * everybody.Length / Math.Min(People, everybody.Length)]);
        var rows = people.Select(person =>
        {
            var own = frames.Where(frame => frame.Record.Identity == person && frame.Origin.Draw is null or 0).ToArray();
            var drivers = own.Where(frame => frame.IsReal).Select(frame => frame.Driver).Order(StringComparer.Ordinal).ToArray();
            var driver = drivers[drivers.Length / 2];
            return new PictureRow(person,
                columns.Select(column => own.FirstOrDefault(frame => frame.Driver == driver && column.Is(frame))?.Read())
                .ToArray());
        }).ToArray();
        return new GridPicture(name, $"One driver frame of each of {rows.Length} test people: {what}.",
            new PictureGrid(columns.Select(column => column.Title).ToArray(), rows).ToPng());
    }

    private sealed record Column(string Title, Func<ExperimentFrame, bool> Is);
}
