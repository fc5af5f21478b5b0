using System.Globalization;
using ForensicHeads.Cli.Frame;
using ForensicHeads.Cli.Heads;
using ForensicHeads.Datasets;
using ForensicHeads.Foundation;
using ForensicHeads.Generator.Heads;
using ForensicHeads.Generator.Output;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>generate</c>: drives a head through a video.</summary>
internal sealed class GenerateCommand : ICommandSource
{
    private const string Generator = "few-shot";

    public CliCommand Create(CliContext context)
    {
        var compute = new ComputeOptions();
        var rendering = new RenderSettings();
        var headPath = Options.Required<string>("--head", "A head made by 'adapt'.", "HEAD");
        var drive = Options.Required<string>("--drive", "The video of a store whose landmarks drive it.", "STORE:VIDEO");
        var to = Options.Required<string>("--out", "What to write: FILE.mp4, a folder of pictures, or a store.", "PATH");
        var form = Options.Choice("--format", OutputForm.Auto, "auto: a video where --out ends in .mp4, else a store.");
        var maxFrames = Options.Default("--max-frames", 0, "Only the first so many driver frames; 0 takes all.", "N");
        var purpose = Options.Optional<string?>("--purpose", $"A purpose that both consent records must cover besides {ConsentPurpose.SelfReenactment}, or {ConsentPurpose.CrossReenactment} where somebody else drives.", "TEXT");
        var command = new CliCommand("generate", "Drives a head through a video: a video or pictures with a sidecar, or a research store with provenance in its index.", "forensicheads generate --head heads/p00000.safetensors --drive data/heads:p00000-v1 --out fakes/p00000.mp4")
        {
            headPath, drive, to, form, maxFrames, purpose,
        };
        rendering.AddTo(command);
        compute.AddTo(command);
        return command.Runs(context, run =>
        {
            if (run.Get(maxFrames) < 0) throw new UserErrorException($"--max-frames is {run.Get(maxFrames)}; allowed is 0 (all) or more.", exitCode: 2);
            compute.Apply(run);
            using var head = HeadFile.Load(run.Get(headPath), rendering.Of(run));
            var driver = StoreVideo.Open("--drive", run.Get(drive));
            if (run.Get(maxFrames) > 0) driver = driver with { Frames = [.. driver.Frames.Take(run.Get(maxFrames))] };
            Gate(run, head.Info, driver, run.Find(purpose), run.Get(headPath));

            var path = Path.GetFullPath(run.Get(to));
            var provenance = Provenance.Of(head, driver, Generator, CliContext.ToolVersion);
            return Resolve(run.Get(form), path) switch
            {
                OutputForm.Mp4 => Exported(run, path, ExportOutput.SidecarOf(path), ExportOutput.WriteVideo(path, head, driver, provenance, run.Progress, run.Cancellation)),
                OutputForm.Png => Exported(run, path, Path.Combine(path, ExportOutput.FolderSidecar), ExportOutput.WritePictures(path, head, driver, provenance, run.Progress, run.Cancellation)),
                _ => Stored(run, StoreOutput.Write(path, head, driver, provenance, run.Progress, run.Cancellation), provenance),
            };
        });
    }

    // The head carries the record it was made on; it may have ended since. The driver's face is used, too.
    // A purpose of the user's comes on top: it cannot stand in for what is really done.
    private static void Gate(CommandRun run, HeadInfo info, DriverVideo driver, string? purpose, string where)
    {
        var kind = Consent.Kind(info, driver);
        if (kind == ConsentPurpose.CrossReenactment && info.Identity == driver.Identity) run.Warn($"'{driver.Identity}' of {driver.Store.Path} counts as somebody else than '{info.Identity}' of the head: the store and the consent record are others.");
        foreach (var wanted in purpose is null ? [kind] : new[] { kind, purpose })
        {
            ConsentGate.Check([info.Consent], info.Identity, wanted, run.Context.Time, where);
            ConsentGate.Check(driver.Store, driver.Identity, wanted, run.Context.Time);
        }
    }

    private static OutputForm Resolve(OutputForm form, string path) =>
        form != OutputForm.Auto ? form : path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) ? OutputForm.Mp4 : OutputForm.Store;

    private static CommandOutcome Exported(CommandRun run, string path, string sidecar, Provenance provenance)
    {
        if (provenance.Marks is { VisibleLabel: false }) run.Warn("this export carries no visible label, no watermark and no XMP source type; its sidecar says so. Keep the two together.");
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{provenance.Frames} frames of {provenance.Identity}, driven by {provenance.DriverVideo}: {path}"));
        run.Say($"sidecar: {sidecar}");
        return new CommandOutcome(new { output = path, sidecar, provenance });
    }

    private static CommandOutcome Stored(CommandRun run, FrameStore store, Provenance provenance)
    {
        run.Say(string.Create(CultureInfo.InvariantCulture, $"{store.Frames.Count} frames of {provenance.Identity}, driven by {provenance.DriverVideo}, in {store.Path}"));
        return new CommandOutcome(new { store = store.Path, content_sha256 = store.ContentHash, provenance });
    }
}
