namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets merge</c>: joins stores, such as the shards of a divided ingest.</summary>
internal sealed class DatasetsMerge : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var stores = DatasetsCommand.Stores();
        var name = Options.Optional<string>("--name", "Name of the new store; default: its folder's.", "TEXT");
        var to = Options.Required<string>("--out", "The store to make.", "STORE");
        return new CliCommand("merge", "Joins stores of one size, crop and encode path.",
            "forensicheads datasets merge data/part-1 data/part-2 --out data/all") { stores, name, to }.Runs(context, run =>
        {
            var store =
                StoreMerge.Run(DatasetsCommand.Open(run, run.Get(stores)), run.Get(to), run.Find(name), run.Progress, run.Cancellation);
            return DatasetsCommand.Made(run, store);
        });
    }
}
