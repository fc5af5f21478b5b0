namespace ForensicHeads.Cli.Commands;

/// <summary><c>models list | fetch | verify</c>: the face models.</summary>
internal sealed class ModelsCommand : ICommandSource
{
    public CliCommand Create(CliContext context) =>
        new("models", "The face models: what they are, where they lie, whether they are whole.", "forensicheads models list")
    {
        List(context),
        Fetch(context),
        Verify(context),
    };

    private static CliCommand List(CliContext context)
    {
        var folder = Folder();
        return new CliCommand("list", "Lists the known models: name, licence, SHA-256, where they lie.",
            "forensicheads models list --models ~/models") { folder }.Runs(context, run =>
        {
            var entries = ModelRegistry.List(run.Find(folder));
            foreach (var entry in entries) run.Say(Line(entry));
            run.Say($"searched: {string.Join(", ", ModelRegistry.Folders(run.Find(folder)))}");
            return new CommandOutcome(Document(entries));
        });
    }

    private static CliCommand Fetch(CliContext context)
    {
        var from = Options.Optional<string>("--from", "Take them from this folder instead of the network.", "DIR");
        var to = Options.Optional<string>("--to", $"Put them there; default {ModelRegistry.UserFolder}.", "DIR");
        return new CliCommand("fetch", "Fetches the models; each is checked before it takes its name.",
            "forensicheads models fetch --from ~/downloads/models") { from, to }.Runs(context, async run =>
        {
            IReadOnlyList<ModelEntry> entries;
            if (run.Find(from) is { } source)
            {
                entries = ModelRegistry.FetchFrom(source, run.Find(to));
            }
            else
            {
                using var client = new HttpClient();
                entries = await ModelRegistry.FetchFromNetwork(client, run.Find(to), run.Progress, run.Cancellation).ConfigureAwait(false);
            }

            foreach (var entry in entries) run.Say(Line(entry));
            foreach (var detector in MesoDetectors.Write(run.Find(to) ?? ModelRegistry.UserFolder)) run.Say($"detector {detector}");
            return new CommandOutcome(Document(entries));
        });
    }

    private static CliCommand Verify(CliContext context)
    {
        var folder = Folder();
        return new CliCommand("verify",
            "Checks the SHA-256 of every model found; exit code 1 if a needed one is missing or one is not what it should be.",
            "forensicheads models verify") { folder }.Runs(context, run =>
        {
            var entries = ModelRegistry.List(run.Find(folder));
            foreach (var entry in entries) run.Say(Line(entry));
            var bad =
                entries.Count(entry => entry.State == ModelState.Mismatch || (entry.State == ModelState.Missing && entry.Model.Needed));
            if (bad > 0) run.Warn(
                $"{bad} model(s) missing or changed. Remove what was changed and run ./forensicheads models fetch --from DIR.");
            return new CommandOutcome(Document(entries), bad > 0 ? 1 : 0);
        });
    }

    private static System.CommandLine.Option<string?> Folder() =>
        Options.Optional<string?>("--models", $"Folder to look in first; then {ModelRegistry.EnvironmentVariable}, then the user's own.",
            "DIR");

    private static string Line(ModelEntry entry) =>
        $"{State(entry),-8} {entry.Model.Name,-18} {(entry.Model.Needed ? "needed" : "extra"),-7} {entry.Model.Licence,-13} "
            + $"{entry.Model.Sha256[..12]}  {entry.Path ?? entry.Model.File}";

    private static string State(ModelEntry entry) => entry.State.ToString().ToLowerInvariant();

    private static object Document(IReadOnlyList<ModelEntry> entries) => new
    {
        models = entries.Select(entry => new
        {
            name = entry.Model.Name,
            file = entry.Model.File,
            role = entry.Model.Role,
            licence = entry.Model.Licence,
            address = entry.Model.Address,
            needed = entry.Model.Needed,
            sha256 = entry.Model.Sha256,
            state = State(entry),
            path = entry.Path,
            found_sha256 = entry.Sha256,
        }).ToArray(),
    };
}
