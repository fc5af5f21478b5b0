using System.CommandLine;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets select</c>: a part of a store as a store.</summary>
internal sealed class DatasetsSelect : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var from = new Argument<string>("STORE") { Description = "The store to choose from." };
        var label = Options.OptionalChoice<Label>("--label", "Only real, or only generated frames.");
        var licences = Names("--licence", "Only frames whose licence begins so; 'open' takes 'open: CC BY 4.0'.", "TEXT");
        var people = Names("--people", "Only these people.", "NAME");
        var without = Names("--without", "Not these people.", "NAME");
        var generators = Names("--generators", "Of the generated frames, only those by these generators.", "NAME");
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
            var selection = new StoreSelection
            {
                Label = run.Find(label),
                Licences = Given(run.Find(licences)),
                People = Given(run.Find(people)),
                Without = Given(run.Find(without)),
                Generators = Given(run.Find(generators)),
                MayGenerate = run.Get(may),
                FramesPerTrack = run.Get(frames),
                Size = run.Find(size),
            };
            var store =
                StoreSelect.Run(run.OpenStore(run.Get(from)), selection, run.Get(to), run.Find(name), run.Progress, run.Cancellation);
            return DatasetsCommand.Made(run, store);
        });
    }

    private static Option<string[]?> Names(string name, string description, string form) =>
        new(name) { Description = description, HelpName = form, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };

    private static string[]? Given(string[]? values) => values is { Length: > 0 } ? values : null;
}
