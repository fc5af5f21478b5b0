namespace ForensicHeads.Cli.Commands;

/// <summary><c>train</c>: meta-learning of the few-shot generator.</summary>
internal sealed class TrainCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var data = new TrainData();
        var settings = new TrainSettings();
        var compute = new ComputeOptions();
        string[] presets = [.. NetworkPreset.All.Select(one => one.Name)];
        var preset = Options.Optional<string?>("--preset",
            $"Sizes of the networks: {string.Join(", ", presets)}; default: that of --init.", "NAME", presets);
        var attention = Options.Switch("--self-attention",
            "Self-attention at 32×32 on the way down and 64×64 on the way up, as in the paper; off in the co-author's code and in the "
            + "presets.");
        var to = Options
            .Optional<string?>("--out", "The run's folder; default: the next numbered one of --runs. Needed with --resume.", "RUN");
        var runs = Options.Default("--runs", "runs", "Where numbered run folders are made, NNNNN-PRESET or NNNNN-PRESET-NAME.", "DIR");
        var title = Options.Optional<string?>("--run-name", "Ends the name of a numbered run folder.", "NAME");
        var init = Options.Optional<string?>("--init",
            "Start from these weights: a run folder, a .safetensors file, or the name of shipped weights (heads-64).", "WEIGHTS");
        var resume = Options.Switch("--resume",
            "Go on from the last checkpoint of --out, with the options it was begun with; the end is the same as if it had never "
            + "stopped. The data, --init, --half and --compact are named again.");
        var dryRun = Options.Switch("--dry-run", "Only print parameter counts, memory and seconds a step; needs no --data.");
        var measure = Options.Default("--measure-steps", 2, "Steps on frames of noise that --dry-run measures; 0 for none.", "N");
        var half = Options.Switch("--half", "Also write weights-half.safetensors, 16-bit; with --network only those are written.");
        var network = Options.Optional<string?>("--network",
            "Train another network instead, in --steps updates of --batch frames, and measure it on --held-out: "
            + $"{string.Join(", ", PlainNetworks.Names)}.", "NAME", PlainNetworks.Names);
        var models = Options.Optional<string?>("--models", "Folder to look for the user's VGG weights in first, for --content vgg.", "DIR");
        var compact = Options.Switch("--compact",
            "Also write weights-compact.safetensors: 16-bit, and the embedder and the discriminator in 8 bits with a step for each row.");
        var licence = Options.Optional<string?>("--licence", "Licence of the weights; default: that of the store.", "TEXT");
        var command = new CliCommand("train", "Meta-learns the few-shot generator from a store's videos.",
            "forensicheads train --data data/heads --preset heads-64 --out runs/heads-64")
        {
            preset, attention, to, models, runs, title, init, resume, dryRun, measure, half, compact, licence, network,
        };
        data.AddTo(command);
        settings.AddTo(command);
        compute.AddTo(command);
        command.Shows("--data", "--preset", "--out", "--steps", "--batch", "--init", "--resume", "--held-out", "--dry-run", "--network",
            "--half", "--threads", "--seed");
        return command.Runs(context, async run =>
        {
            var noted = run.Get(resume) && run.Find(to) is { } folder ? RunRecord.Find(Path.GetFullPath(folder)) : null;
            var other = run.Find(network);
            var options = settings.Of(run, noted?.Options ?? (other is null ? null : PlainNetworks.Defaults(other)));
            if (run.Get(measure) < 0) throw new UserErrorException($"--measure-steps is {run.Get(measure)}; allowed is 0 or more.",
                exitCode: 2);
            var named = run.Find(preset) is { } name ? NetworkPreset.ByName(name) : noted?.Preset;
            if (run.Get(attention) && named is not null) named = named.WithSelfAttention();
            var chosen = compute.Apply(run);
            if (other is not null && run.Get(dryRun))
                throw new UserErrorException(
                    "--dry-run does not go with --network; it measures the few-shot generator. Leave one of them out.", exitCode: 2);
            if (other is not null && run.Get(compact))
                throw new UserErrorException(
                    "--compact does not go with --network: only the few-shot generator's weights are written so. Leave one of them out; "
                    + "--half writes 16 bits.", exitCode: 2);
            if (other is not null && options.MicroBatch is not null)
                throw new UserErrorException(
                    "--micro-batch does not go with --network; it is for the few-shot generator. Leave one of them out.", exitCode: 2);
            var losses = ShippedFaces.ContentLoss(run.Find(models));
            // Before a store is read, and long before the first step.
            if (other is null && (!run.Get(dryRun) || run.Get(measure) > 0)) ContentLosses.Require(options.Content, losses);
            if (run.Get(dryRun))
            {
                var card = await NvidiaCard.OfAsync(chosen, run.Cancellation).ConfigureAwait(false);
                return DryRun.Run(run, PresetOf(run.Find(init), named), options, data.Videos(run), run.Get(measure), chosen, losses,
                    card?.Memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            }

            if (other is not null && run.Get(resume))
                throw new UserErrorException(
                    "--resume does not go with --network: such a network has no checkpoints. Start it anew.", exitCode: 2);
            var store = data.Store(run);
            if (run.InputsAlone(() => store.IndexSha256) is { } hashed) return hashed;
            if (run.Get(resume) && run.Find(to) is null)
                throw new UserErrorException("--resume needs --out; name the folder of the run to go on with.",
                    exitCode: 2);
            if (run.Find(to) is not null && (run.IsGiven(runs) || run.IsGiven(title)))
                throw new UserErrorException(
                    "--out names the folder itself, so --runs and --run-name do not go with it. Leave one of them out.", exitCode: 2);
            string Place(params string[] parts) =>
                run.Find(to)
                ?? NumberedFolder.Create(
                    run.Get(runs), string.Join('-', parts.Append(run.Find(title) ?? "").Where(part => part.Length > 0)));
            if (other is not null)
            {
                using var plain = PlainNetworks.Create(other, named, options.Seed);
                plain.To(chosen);
                if (run.Find(to) is { } taken) PlainRun.CheckFree(taken, plain.Name);
                var size = named?.Size ?? PlainNetworks.SizeOf(other);
                var about = new Dictionary<string, string>
                {
                    ["licence"] = run.Find(licence) ?? store.Info.LicenceSummary,
                    ["command"] = run.CommandText,
                    ["tool_version"] = CliContext.ToolVersion
                };
                var (pictures, others) = (data.Load(run, store, size), data.HeldOut(run, size));
                return PlainRun.Run(run, plain, pictures, others, options, Place(named?.Name ?? "", other), run.Get(half), about);
            }

            string? Noted(string fact) => noted?.Metadata.GetValueOrDefault(fact);
            using var start = Start(run.Find(init), named, options.Seed);
            if (run.Find(to) is { } there) TrainRun.Check(there, run.Get(resume));
            var frames = data.Load(run, store, start.Preset.Size);
            var grid = data.Grid(run, frames, options.Shots);
            var training = new TrainRun(run, new RunFolder(Place(start.Preset.Name)), options)
            {
                Losses = losses,
                Compute = chosen,
                Resume = run.Get(resume),
                Half = run.Get(half),
                Compact = run.Get(compact),
                Grid = grid,
                Inputs = data.Describe(run),
                Metadata = new Dictionary<string, string>
                {
                    ["licence"] = run.Find(licence) ?? Noted("licence") ?? store.Info.LicenceSummary,
                    ["command"] = Noted("command") ?? run.CommandText,
                    ["device"] = chosen.Name,
                    ["crop"] = store.Info.CropSpecification,
                    ["tool_version"] = CliContext.ToolVersion,
                    ["init"] = start.Sha256,
                },
            };
            return await training.ToTheEndAsync(frames, start).ConfigureAwait(false);
        });
    }

    private static GeneratorWeights Start(string? init, NetworkPreset? named, long seed)
    {
        if (init is null) return new GeneratorWeights(named ?? throw NoPreset(), seed);
        var weights = GeneratorWeights.Load(ShippedWeights.Resolve(init));
        if (named is null || weights.Preset == named) return weights;
        weights.Dispose();
        throw new UserErrorException(
            $"{init} holds weights of the preset {weights.Preset.Name}, not {named.Name}. Leave --preset out, or choose other weights.",
            exitCode: 2);
    }

    private static NetworkPreset PresetOf(string? init, NetworkPreset? named)
    {
        // Fresh weights of a large preset would take their time.
        if (init is null) return named ?? throw NoPreset();
        using var start = Start(init, named, seed: 0);
        return start.Preset;
    }

    private static UserErrorException NoPreset() =>
        new($"--preset is missing; use one of {string.Join(", ", NetworkPreset.All.Select(preset => preset.Name))}.", exitCode: 2);
}
