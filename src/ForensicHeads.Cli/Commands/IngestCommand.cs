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
            $"How SOURCE is laid out; auto recognises it by its files. {string.Join("; ", DatasetLayouts.All.All
                .Select(entry => $"{entry.Name}: {entry.Tree}"))}.", "NAME", [DatasetLayouts.Auto, .. DatasetLayouts.All.Names]);
        var to = Options.Optional<string?>("--out", "The store to make; not needed with --dry-run.", "STORE");
        var dry = Options.Switch("--dry-run",
            "Only say what would be read: labels, generators, splits, what is missing or not understood.");
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
            source, layout, to, size, rate, patches, models, licence, shard, dry,
        }.Runs(context, run =>
        {
            var (part, parts) = Part(run.Get(shard));
            if (run.Get(dry)) return DryRun(run, DatasetLayouts.Read(run.Get(source), run.Get(layout), run.Find(licence)));
            var options = new IngestOptions
            {
                Source = run.Get(source),
                Layout = run.Get(layout),
                Out = run.Find(to) ?? throw new UserErrorException("Name the store to make with --out STORE, or ask for --dry-run.", 2),
                Size = run.Get(size),
                FramesPerSecond = run.Get(rate),
                Patches = run.Get(patches),
                ModelsFolder = run.Find(models),
                Licence = run.Find(licence),
                Shard = part,
                ShardCount = parts,
            };
            if (run.InputsAlone(() => Ingestor.HashOfInputs(options)) is { } hashed) return hashed;
            if (run.Context.Share is { } share)
            {
                if (share.Finished is { } finished) return Merged(run, IngestMerge.Run(options, finished, run.Progress, run.Cancellation));
                options = options with { Shard = share.Part!.Number, ShardCount = share.Part.Count };
            }

            var summary = Ingestor.Run(options, run.Progress, run.Cancellation);
            var store = FrameStore.Open(options.Out);
            if (summary.Listing.RecognisedBy is { } by) run.Say($"read as {summary.Listing.Layout}, by {by}");
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"{summary.Frames} frames of {summary.Accepted} files ({summary.Partial} partial) in {store.Path}"));
            if (summary.Rejected > 0) run.Warn(
                $"{summary.Rejected} of {summary.Inputs} inputs were rejected; rejected.jsonl in the store says why.");
            if (summary.Bystanders > 0) run.Warn(
                $"{summary.Bystanders} faces beside the people of their files were left out as bystanders; rejected.jsonl names them.");
            foreach (var note in summary.Listing.Notes) run.Warn(note);
            foreach (var line in LeftOutFile.Lines(run.Get(source), summary.Listing.LeftOut)) run.Warn(line);
            return new CommandOutcome(
                new
                {
                    store = store.Path,
                    content_sha256 = store.ContentHash,
                    layout = summary.Listing.Layout,
                    splits = store.Splits.Select(split => split.Name),
                    summary,
                    notes = summary.Listing.Notes,
                    left_out = summary.Listing.LeftOut,
                    rejected = store.ReadRejected().Where(line => line.FirstFrame is null).ToArray()
                },
                // A part may hold nothing but rejected files, or no file at all.
                options.ShardCount > 1 && summary.Frames == 0 ? summary.Rejected > 0 ? 3 : 0 : summary.ExitCode);
        });
    }

    private static CommandOutcome DryRun(CommandRun run, DatasetListing listing)
    {
        const int Shown = 10;
        var summary = DatasetSummary.Of(listing);
        run.Say($"layout       {summary.Layout}{(summary.RecognisedBy is { } by ? $", by {by}" : "")}");
        run.Say(string.Create(CultureInfo.InvariantCulture, $"files        {summary.Files} of {summary.People} people"));
        Each("labels", summary.Labels);
        Each("generators", summary.Generators);
        Each("split", summary.Splits);
        Each("compression", summary.Compressions);
        Each("collections", summary.Collections);
        Each("licences", summary.Licences);
        run.Say(string.Create(CultureInfo.InvariantCulture, $"may generate {summary.MayGenerate}"));
        foreach (var count in summary.Counts) run.Say(string.Create(CultureInfo.InvariantCulture,
            $"{(count.Missing > 0 ? "missing" : "complete"),-12} {count.What}: expected {count.Expected}, found {count.Found}"));
        Each("left out", summary.LeftOut);
        foreach (var note in summary.Notes) run.Warn(note);
        foreach (var line in summary.Rejected.Take(Shown)) run.Warn($"{line.File}: {line.Reason}");
        if (summary.Rejected.Count > Shown) run.Warn($"and {summary.Rejected.Count - Shown} more files or entries that cannot be read.");
        return new CommandOutcome(new { summary }, summary.ExitCode);

        void Each(string what, IReadOnlyDictionary<string, int> counts)
        {
            if (counts.Count > 0) run.Say($"{what,-12} {string.Join(", ", counts.Select(pair =>
                string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")))}");
        }
    }

    private static CommandOutcome Merged(CommandRun run, MergedIngest merged)
    {
        DatasetsCommand.Made(run, merged.Store);
        return new CommandOutcome(new { store = merged.Store.Path, merged.Inputs, merged.Accepted, merged.Missing }, merged.ExitCode);
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
