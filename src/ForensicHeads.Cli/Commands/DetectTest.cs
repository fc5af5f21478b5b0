namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect test</c>: how detectors do on people whom they never saw.</summary>
internal sealed class DetectTest : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var detectors = Many("--detector", "Detectors to test; the others are compared with the first.", "DIR");
        var real = Many("--real", "Stores with real frames.", "STORE");
        var generated = Many("--generated", "Stores with generated frames; may be the same.", "STORE");
        var file = Options.Optional<string?>("--split",
            "A split whose test people are tested. Default: everybody whom none of the detectors learnt from.", "FILE");
        var by = Many("--by", $"What fakes are grouped by: {string.Join(", ", TestRow.Dimensions)}. Default: all of these.", "NAME",
            required: false);
        var conditions = Many("--conditions",
            $"What real and generated frames undergo, one after the other (default: clean), such as {string.Join(", ", Shown)}.", "NAME",
            required: false);
        var frames = Options.Default("--frames", 0, "Most frames a video, evenly spaced; 0 takes all.", "N");
        var seed = Options.Default("--seed", 1L, "Seed of the conditions and of the tests of differences.", "N");
        var models =
            Options.Optional<string?>("--models", "Folder to look for the face models in first; family landmarks needs them.", "DIR");
        var to = Options.Required<string>("--out", "The report's folder.", "DIR");
        return new CliCommand("test",
            "Tests detectors on people whom they never saw: accuracy and AUC per shot count, mode, generator and condition, with intervals.",
            "forensicheads detect test --detector runs/detector --real data/heads --generated data/fakes --split data/split.json "
            + "--out out/test")
        {
            detectors, real, generated, file, by, conditions, frames, seed, models, to,
        }.Runs(context, run =>
        {
            var request = new DetectorTestRequest
            {
                Detectors = run.Get(detectors),
                Real = DatasetsCommand.Open(run, run.Get(real)),
                Generated = DatasetsCommand.Open(run, run.Get(generated)),
                Split = run.Find(file) is { } path ? Split.Load(path) : null,
                FramesPerVideo = run.Get(frames),
                Seed = run.Get(seed),
                Landmarks = () => CropLandmarks.Load(run.Find(models)),
            };
            if (run.Find(by) is { Length: > 0 } dimensions) request = request with { By = dimensions };
            if (run.Find(conditions) is { Length: > 0 } names) request = request with { Conditions = names };
            request.Validate();
            using var log = EvidenceLog.Open(run.Get(to), run.Context.Time, "results.json");
            log.Append("start", new
            {
                tool = CommandLine.Name,
                tool_version = CliContext.ToolVersion,
                command = $"{CommandLine.Name} {run.CommandText}",
                primary_endpoint = "accuracy and AUC of each detector on the tested people, with intervals over people",
                parameters = new { request.Conditions, request.By, request.FramesPerVideo, request.Seed },
            });
            var test = DetectorTest.Run(request, run.Progress, run.Cancellation);
            foreach (var fact in test.Hashes) log.Append("input", fact);
            foreach (var warning in test.Results.Warnings) run.Warn(warning);
            foreach (var table in ReportSections.TextTables(test.Results).Where(table => table.Name == TestRow.TableName))
                run.SayText(table.ToText());
            run.Say($"report: {test.Write(run.Get(to), $"./{CommandLine.Name} {run.CommandText}")}");
            log.Close(run.Cancellation);
            run.Say($"head of its log: {log.Head}");
            return new CommandOutcome(test.Results);
        });
    }

    private static IEnumerable<string> Shown => ["clean", "jpeg-50", "h264-crf23", "h264-crf40"];

    private static System.CommandLine.Option<string[]> Many(string name, string description, string form, bool required = true) =>
        new(name) { Description = description, HelpName = form, Required = required, AllowMultipleArgumentsPerToken = true };
}
