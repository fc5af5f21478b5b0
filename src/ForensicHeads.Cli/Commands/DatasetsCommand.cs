using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets merge | select | fakes | split | audit | export | revoke</c>.</summary>
internal sealed class DatasetsCommand : ICommandSource
{
    public CliCommand Create(CliContext context) => new CliCommand("datasets",
        "Joins and divides stores, makes fakes of their people, makes and checks splits, lists and removes what derives from a person.",
        "forensicheads datasets split data/heads --out data/splits/default.json")
        .Groups(context, new DatasetsMerge(), new DatasetsSelect(), new DatasetsFakes(), new DatasetsSplit(), new DatasetsAudit(),
            new DatasetsExport(), new DatasetsRevoke());

    /// <summary>The stores that most of them work on.</summary>
    internal static Argument<string[]> Stores() => new("STORE") { Description = "One or more stores.", Arity = ArgumentArity.OneOrMore };

    /// <summary>Opens them.</summary>
    internal static FrameStore[] Open(CommandRun run, string[] paths) => Array.ConvertAll(paths, run.OpenStore);

    /// <summary>Says what a store made of others holds.</summary>
    internal static CommandOutcome Made(CommandRun run, FrameStore store)
    {
        run.Say(string.Create(
            CultureInfo.InvariantCulture, $"{store.Count} frames of {store.Identities.Count()} people in {store.Path}"));
        return new CommandOutcome(new
        {
            store = store.Path,
            frames = store.Count,
            identities = store.Identities.Count(),
            content_sha256 = store.ContentHash
        });
    }
}
