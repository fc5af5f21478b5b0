using System.CommandLine;

namespace ForensicHeads.Cli.Heads;

/// <summary>Consent for files that come with no store: <c>--consent FILE</c> and, where it names several people, <c>--identity
/// NAME</c>.</summary>
/// <param name="needing">The option whose files need it.</param>
internal sealed class GivenConsent(string needing)
{
    private readonly Option<string?> consent =
        Options.Optional<string?>("--consent", $"Consent records of who the files of {needing} show; a store holds its own.", "FILE");
    private readonly Option<string?> identity =
        Options.Optional<string?>("--identity", $"Who the files of {needing} show; default: the one person of the consent file.", "NAME");

    public void AddTo(Command command)
    {
        command.Options.Add(consent);
        command.Options.Add(identity);
    }

    /// <summary>A consent file beside a store would overrule the store's own; that is refused.</summary>
    public void Refuse(CommandRun run, string option)
    {
        if (run.Find(consent)
            is { } given) throw new UserErrorException(
            $"--consent is '{given}', but with {option} the store's own record decides. Leave it out; a record that holds belongs in the "
            + $"store's {ConsentFile.Name}.", exitCode: 2);
    }

    /// <summary>The record of who the files show, and the file it stands in.</summary>
    /// <exception cref="UserErrorException">No file, no such person, or several and none named.</exception>
    public (IReadOnlyList<ConsentRecord> Records, string Identity, string Where) Read(CommandRun run)
    {
        var file = run.Find(consent)
            ?? throw new UserErrorException(
                $"{needing} needs --consent FILE: a record of the person shown (identity, basis, scope, expires, contact).", exitCode: 2);
        var records = ConsentFile.Read(file);
        var who = run.Find(identity)
            ?? (records.Count == 1 ? records[0].Identity
            : throw new UserErrorException($"{file} names {records.Count} people; say by --identity whom the files show.", exitCode: 2));
        return (records, who, file);
    }
}
