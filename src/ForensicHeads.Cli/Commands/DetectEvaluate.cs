namespace ForensicHeads.Cli.Commands;

/// <summary><c>detect evaluate</c>: how far a detector carries to generators, modes, shot counts or compression it never saw.</summary>
internal sealed class DetectEvaluate : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var defaults = new ProtocolOptions();
        var protocol =
            Options.Required<string>("--protocol", $"What is left out or crossed: {string.Join(", ", ProtocolRun.Names)}.", "NAME",
            ProtocolRun.Names);
        var real = Options.Paths("--real", "Stores with real clips.", "STORE", required: true);
        var generated = Options.Paths("--generated", "Stores with generated clips; may be the same.", "STORE", required: true);
        var families =
            Options.Optional<string[]>("--families",
            "The detector's feature families (default: residual_lags chroma_detail, or npr_stats face_detail face_tone, or all of them, "
            + "chosen inside each training side).", "NAME", ProtocolRun.MeasurableFamilies);
        var conditions =
            Options.Optional<string[]>("--conditions",
            "cross-condition: the conditions to cross (default: clean jpeg-50), h264-crf23 and h264-crf40 among them.", "NAME",
            FrameConditions.All.Names);
        var sources = Options.Paths("--sources", "Folders with the ingested files, for container_only's bit rate and frame count.", "DIR");
        var frames = Options.Default("--frames", defaults.FramesPerClip,
            "Most frames measured of a clip, evenly over it; with an h264 condition as many successive ones.", "N");
        var least =
            Options.Default("--least-frames", defaults.LeastFrames, "Clips with fewer frames (photos) are left out and listed.", "N");
        var folds = Options.Default("--folds", defaults.Folds, "Folds of real people.", "N");
        var seed = Options.Default("--seed", defaults.Seed, "Seed of folds and trainers.", "N");
        var detectors = Options.Paths("--detectors",
            "leave-one-…-out: detectors of others beside ours, *.detector.json (default: the published MesoNets of models fetch).",
            "FILE");
        var imports = Options.Paths("--import",
            "leave-one-…-out: finished scores of other tools beside ours, as CSV with names and scores; docs/plugins.md says which forms.",
            "CSV");
        var models = Options.Optional<string?>("--models", "Folder to look for the published MesoNets in first.", "DIR");
        var mesoSteps = Options.Default("--meso-steps", defaults.MesoSteps,
            "leave-one-…-out: updates of the retrained Meso-4 in every round; 0 leaves it out.", "N");
        var cnnSteps = Options.Default("--cnn-steps", defaults.CnnSteps,
            "leave-one-…-out: updates of the network of family cnn in every round; 0 leaves it out. Of stores by 'ingest --patches' it "
            + "sees each patch.", "N");
        var equalise = Options.Optional<int?>("--equalise",
            "Send all clips of both classes through one encode first (x264 at this rate factor: 18, 23 or 28), as many successive crops of "
            + "each; --frames is then how many.", "CRF");
        var copies = new CopyOptions();
        var variants = Options.Switch("--variants",
            "leave-one-…-out: score other ways to combine the families beside the detector (mean, ranks, weights, trees), each fixed "
            + "beforehand.");
        var numbered = Options.Switch("--numbered",
            "leave-one-…-out: number clips, people and groups in what is written, for publishing where names of files may not be shown.");
        var cache = Options.Optional<string>("--cache", "Where measured features are kept (default: DIR/features).", "DIR");
        var to = Options.Required<string>("--out", "The report's folder.", "DIR");
        var compute = new ComputeOptions();
        var command = new CliCommand("evaluate",
            "Measures a detector on what it never saw: generators, modes, shot counts or compression, beside its baselines.",
            "forensicheads detect evaluate --protocol leave-one-generator-out --real data/open --generated data/open --sources videos "
            + "--out out/unseen")
        {
            protocol, real, generated, families, conditions, sources, frames, least, folds, seed, detectors, imports, models, mesoSteps,
            cnnSteps, equalise, copies.Copies, copies.Decoders, variants, numbered, cache, to,
        }.Shows("--protocol", "--real", "--generated", "--out", "--sources", "--families", "--conditions", "--detectors", "--import",
            "--meso-steps", "--equalise", "--copies", "--seed");
        compute.AddTo(command);
        return command.Runs(context, async run =>
        {
            var chosen = compute.Apply(run);
            var card = await NvidiaCard.OfAsync(chosen, run.Cancellation).ConfigureAwait(false);
            var folder = run.Get(to);
            var evaluation = new ProtocolRun
            {
                Protocol = run.Get(protocol),
                Real = DatasetsCommand.Open(run, run.Get(real)),
                Generated = DatasetsCommand.Open(run, run.Get(generated)),
                Families = run.Find(families) ?? [],
                Conditions = run.Find(conditions) ?? [],
                Sources = run.Get(sources),
                Options = new ProtocolOptions
                {
                    FramesPerClip = run.Get(frames),
                    LeastFrames = run.Get(least),
                    Folds = run.Get(folds),
                    Seed = run.Get(seed),
                    MesoSteps = run.Get(mesoSteps),
                    CnnSteps = run.Get(cnnSteps),
                    Equalise = run.Find(equalise),
                },
                Detectors = run.Get(detectors),
                Imports = run.Get(imports),
                Models = run.Find(models),
                Numbered = run.Get(numbered),
                Variants = run.Get(variants),
                Copies = copies.Of(run, run.Get(seed), chosen),
                Compute = chosen,
                Warn = run.Warn,
            };
            using var log = EvaluationLog.Open(folder, run, evaluation, run.Find(cache) ?? Path.Combine(folder, "features"));
            var (document, table) = (evaluation with { Cache = log.Cache }).Execute(folder, run.Progress, run.Cancellation);
            run.SayText(table);
            run.Say($"report: {ProtocolPage.Write(folder, document, $"./{CommandLine.Name} {run.CommandText}", chosen, card)}");
            run.Say($"head of its log: {log.Close(run.Cancellation)}");
            return new CommandOutcome(document);
        });
    }

}
