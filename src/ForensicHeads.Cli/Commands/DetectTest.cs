namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect test</c>: how detectors do on people whom they never saw.</summary>
internal sealed class DetectTest : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var detectors = Options.Paths("--detector", "Detectors to test, or names of shipped ones; the others are compared with the first.",
            "DIR", required: true);
        var real = Options.Paths("--real", "Stores with real frames.", "STORE", required: true);
        var generated = Options.Paths("--generated", "Stores with generated frames; may be the same.", "STORE", required: true);
        var file = Options.Optional<string?>("--split",
            "A split whose test people are tested. Default: everybody whom none of the detectors learnt from.", "FILE");
        var by = Options.Default<string[]>("--by", [.. TestRow.Dimensions],
            $"What fakes are grouped by, out of {string.Join(", ", TestRow.Dimensions)}.", "NAME", TestRow.Dimensions);
        var conditions = Options.Default<string[]>("--conditions", [FrameConditions.Clean],
            "What real and generated frames undergo, one after the other, such as jpeg-50 or h264-crf23.", "NAME",
            FrameConditions.All.Names);
        var frames = Options.Default("--frames", 0, "Most frames a video, evenly spaced; 0 takes all.", "N");
        var seed = Options.Default("--seed", 1L, "Seed of the conditions and of the tests of differences.", "N");
        var models =
            Options.Optional<string?>("--models", "Folder to look for the face models in first; family landmarks needs them.", "DIR");
        var to = Options.Required<string>("--out", "The report's folder.", "DIR");
        return new CliCommand("test",
            "Tests detectors on people whom they never saw: accuracy and AUC per shot count, mode, generator and condition, with "
            + "intervals.",
            "forensicheads detect test --detector runs/detector --real data/heads --generated data/fakes --split data/split.json "
            + "--out out/test")
        {
            detectors, real, generated, file, by, conditions, frames, seed, models, to,
        }.Shows("--detector", "--real", "--generated", "--split", "--by", "--conditions", "--out").Runs(context, run =>
        {
            var request = new DetectorTestRequest
            {
                Detectors = Array.ConvertAll(run.Get(detectors), ShippedDetector.Resolve),
                Real = DatasetsCommand.Open(run, run.Get(real)),
                Generated = DatasetsCommand.Open(run, run.Get(generated)),
                Split = run.Find(file) is { } path ? Split.Load(path) : null,
                By = run.Get(by),
                Conditions = run.Get(conditions),
                FramesPerVideo = run.Get(frames),
                Seed = run.Get(seed),
                Landmarks = () => CropLandmarks.Load(run.Find(models)),
            };
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
            run.SayText(test.Table);
            run.Say($"report: {test.Write(run.Get(to), $"./{CommandLine.Name} {run.CommandText}")}");
            log.Close(run.Cancellation);
            run.Say($"head of its log: {log.Head}");
            return new CommandOutcome(test.Results);
        });
    }
}
