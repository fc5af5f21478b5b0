using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>generate</c>: drives a head through a video.</summary>
internal sealed class GenerateCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var compute = new ComputeOptions();
        var heads = new HeadSource();
        var source = new DriverSource();
        var driving = new DrivingSettings();
        var to = Options.Required<string>("--out", "What to write: FILE.mp4, a folder of pictures, or a store.", "PATH");
        var form = Options.Default("--format", OutputForm.Auto, "auto: a video where --out ends in .mp4, else a store.");
        var compare = Options.Optional<string?>("--compare",
            "Also write a picture of some frames: the driver, the head driven by its landmarks as they are, and fitted.", "FILE.png");
        var command = new CliCommand("generate",
            "Drives a head or a plug-in through a video: a video or pictures with a sidecar, or a research store with provenance "
                + "in its index.",
            "forensicheads generate --head heads/p70000.safetensors --drive data/heads:p70000-v1 --out fakes/p70000.mp4")
        {
            to, form, compare,
        }.Alias("reenact");
        var marks = new MarkSettings();
        marks.AddTo(command);
        heads.AddTo(command);
        source.AddTo(command);
        driving.AddTo(command);
        compute.AddTo(command);
        command.Shows("--head", "--with", "--shots-from", "--shots", "--drive", "--out", "--format", "--consent", "--fit",
            "--smooth", "--compare");
        return command.Runs(context, run =>
        {
            var path = Path.GetFullPath(run.Get(to));
            var written = Resolve(run.Get(form), path);
            var export = marks.Of(run, written);
            var chosen = compute.Apply(run);
            var (head, allows) = heads.Open(run, chosen, path, [.. driving.OfLandmarks, compare]);
            using var opened = head;
            return source.Use(run, head.Origin, allows, (found, kind, tracked) =>
            {
                var options = driving.Of(run, head, kind, tracked, export: written != OutputForm.Store);
                var driver = driving.AtRate(run, DriverLandmarks.Prepare(found, head.Origin, options), written != OutputForm.Store);
                var provenance = Provenance.Of(head, driver, CliContext.ToolVersion);
                var outcome = written switch
                {
                    OutputForm.Mp4 =>
                        Exported(run, path, ExportOutput.SidecarOf(path),
                        ExportOutput.WriteVideo(path, head, driver, provenance, export, run.Progress, run.Cancellation)),
                    OutputForm.Png =>
                        Exported(run, path, Path.Combine(path, ExportOutput.FolderSidecar),
                        ExportOutput.WritePictures(path, head, driver, provenance, export, run.Progress, run.Cancellation)),
                    _ => Stored(run, StoreOutput.Write(path, head, driver, provenance, run.Progress, run.Cancellation), provenance),
                };
                if (run.Find(compare) is { } picture) Comparison.Write(
                    Path.GetFullPath(picture), (HeadFile)head, found, options, provenance, export, run);
                DrivingSettings.Say(run, driver.Driving);
                return outcome with { ExitCode = driver.Driving!.LeftOut.Count > 0 ? 3 : 0 };
            });
        });
    }

    private static OutputForm Resolve(OutputForm form, string path) =>
        form != OutputForm.Auto ? form : path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) ? OutputForm.Mp4 : OutputForm.Store;

    private static CommandOutcome Exported(CommandRun run, string path, string sidecar, Provenance provenance)
    {
        if (provenance.Marks is { } carried) MarkSettings.Warn(run, carried);
        var rate = provenance.FramesPerSecond is { } constant ? FormattableString.Invariant($"at {constant:0.###} frames a second")
            : "each at its driver's own time";
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{provenance.Frames} frames of {provenance.Identity}, driven by {provenance.DriverVideo}, {rate}: {path}"));
        run.Say($"sidecar: {sidecar}");
        return new CommandOutcome(new { output = path, sidecar, provenance });
    }

    private static CommandOutcome Stored(CommandRun run, FrameStore store, Provenance provenance)
    {
        run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{store.Count} frames of {provenance.Identity}, driven by {provenance.DriverVideo}, in {store.Path}"));
        return new CommandOutcome(new { store = store.Path, content_sha256 = store.ContentHash, provenance });
    }
}
