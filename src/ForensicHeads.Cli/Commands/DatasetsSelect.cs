using System.CommandLine;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets select</c>: a part of a store as a store.</summary>
internal sealed class DatasetsSelect : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var from = new Argument<string>("STORE") { Description = "The store to choose from." };
        var label = Options.Optional<Label?>("--label", "Only real, or only generated frames.");
        var licences = Options.Paths("--licence", "Only frames whose licence begins so; 'open' takes 'open: CC BY 4.0'.", "TEXT");
        var people = Options.Paths("--people", "Only these people.", "NAME");
        var without = Options.Paths("--without", "Not these people.", "NAME");
        var generators = Options.Optional<string[]>("--generators", "Of the generated frames, only those by these generators.", "NAME");
        var may = Options.Switch("--may-generate", "Only frames that may be generated from.");
        var frames = Options.Default("--frames", 0, "Most frames of a track, evenly spaced; 0 takes all.", "N");
        var size =
            Options.Optional<int?>("--size", "Side in pixels to which the pictures are reduced, by the filter of 'ingest'.", "PIXELS");
        var name = Options.Optional<string?>("--name", "Name of the new store; default: its folder's.", "TEXT");
        var to = Options.Required<string>("--out", "The store to make.", "STORE");
        return new CliCommand("select",
            "Makes a store of a part of another: by class, licence, people or generator, thinned out or reduced.",
            "forensicheads datasets select data/all --licence open --may-generate --size 64 --out data/open-64")
        {
            from, label, licences, people, without, generators, may, frames, size, name, to,
        }.Runs(context, run =>
        {
            var store = run.OpenStore(run.Get(from));
            var selection = new StoreSelection
            {
                Label = run.Find(label),
                Licences = Given(run, licences, text =>
                    store.Licences.Any(licence => licence.StartsWith(text, StringComparison.OrdinalIgnoreCase))),
                People = Given(run, people, name => store.Identities.Contains(IdentityName.Canonical(name))),
                Without = Given(run, without, name => store.Identities.Contains(IdentityName.Canonical(name))),
                Generators = run.IsGiven(generators) ? run.Get(generators) : null,
                MayGenerate = run.Get(may),
                FramesPerTrack = run.Get(frames),
                Size = run.Find(size),
            };
            return DatasetsCommand.Made(
                run, StoreSelect.Run(store, selection, run.Get(to), run.Find(name), run.Progress, run.Cancellation));
        });
    }

    // Names of people and licences may hold commas; one that the store has is no list.
    private static string[]? Given(CommandRun run, Option<string[]> option, Func<string, bool> isKnown) =>
        run.IsGiven(option)
            ? [.. run.Get(option).SelectMany(text => isKnown(text) ? [text] : OptionText.Members(option.Name, text))] : null;
}
