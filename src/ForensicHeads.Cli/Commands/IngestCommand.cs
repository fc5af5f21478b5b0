using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>ingest</c>: videos and photos to a store.</summary>
internal sealed class IngestCommand : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var source = new Argument<string>("SOURCE") { Description = "The folder to read." };
        var layout = Options.Default("--layout", FolderLayout.LayoutName,
            $"How SOURCE is laid out. {string.Join("; ", DatasetLayouts.All.All.Select(entry => $"{entry.Name}: {entry.Tree}"))}.", "NAME",
            DatasetLayouts.All.Names);
        var to = Options.Required<string>("--out", "The store to make.", "STORE");
        var size = Options.Default("--size", 256, "Side of the crops in pixels, 16 to 4096.", "PIXELS");
        var rate = Options.Default("--fps", 0.0, "Most frames a second that are taken; 0 takes all.", "RATE");
        var patches = Options.Switch("--patches",
            "Crops of four patches in the source's own pixels, nothing resized: nose, both borders of the face, mouth to chin.");
        var models = Options.Optional<string?>("--models", "Folder to look for the face models in first.", "DIR");
        var licence = Options.Optional<string?>("--licence", "Licence of files for which the manifest states none.", "TEXT");
        var shard = Options.Default("--shard", "1/1", "Take only part I of N of the inputs; join the parts with 'datasets merge'.", "I/N");
        return new CliCommand("ingest",
            "Cuts the faces of videos and photos out into a store: finds and follows them; exit code 3 if some inputs were rejected.",
            "forensicheads ingest data/videos --layout folder --out data/real --size 256")
        {
            source, layout, to, size, rate, patches, models, licence, shard,
        }.Runs(context, run =>
        {
            var (part, parts) = Part(run.Get(shard));
            var options = new IngestOptions
            {
                Source = run.Get(source),
                Layout = run.Get(layout),
                Out = run.Get(to),
                Size = run.Get(size),
                FramesPerSecond = run.Get(rate),
                Patches = run.Get(patches),
                ModelsFolder = run.Find(models),
                Licence = run.Find(licence),
                Shard = part,
                ShardCount = parts,
            };
            var summary = Ingestor.Run(options, run.Progress, run.Cancellation);
            var store = FrameStore.Open(options.Out);
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"{summary.Frames} frames of {summary.Accepted} files ({summary.Partial} partial) in {store.Path}"));
            if (summary.Rejected > 0) run.Warn(
                $"{summary.Rejected} of {summary.Inputs} inputs were rejected; rejected.jsonl in the store says why.");
            if (summary.Bystanders > 0) run.Warn(
                $"{summary.Bystanders} faces beside the people of their files were left out as bystanders; rejected.jsonl names them.");
            foreach (var line in LeftOutFile.Lines(run.Get(source), summary.LeftOut)) run.Warn(line);
            return new CommandOutcome(
                new
                {
                    store = store.Path,
                    content_sha256 = store.ContentHash,
                    summary,
                    left_out = summary.LeftOut,
                    rejected = store.ReadRejected().Where(line => line.FirstFrame is null).ToArray()
                },
                summary.ExitCode);
        });
    }

    private static (int Part, int Parts) Part(string text)
    {
        var halves = text.Split('/');
        return halves.Length == 2 && int.TryParse(halves[0], CultureInfo.InvariantCulture, out var part)
            && int.TryParse(halves[1], CultureInfo.InvariantCulture, out var parts)
            ? (part, parts)
            : throw new UserErrorException($"--shard is '{text}'; give a part and a number of parts, such as 1/4.", exitCode: 2);
    }
}
