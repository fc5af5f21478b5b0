using System.CommandLine;

namespace ForensicHeads.Cli.Frame;

/// <summary>Options that each set one value of a record, written down once each.</summary>
/// <typeparam name="T">The record.</typeparam>
internal abstract class OptionList<T>
{
    private readonly List<(Option Option, Func<CommandRun, T, T> Set)> all = [];

    public void AddTo(Command command)
    {
        foreach (var (option, _) in all) command.Options.Add(option);
    }

    /// <summary>Adds an option that sets nothing by itself.</summary>
    protected void Add(Option option) => all.Add((option, (_, record) => record));

    /// <summary>Adds an option; <paramref name="set"/> puts its value into a record.</summary>
    protected void Add<TValue>(Option<TValue> option, Func<T, TValue, T> set) =>
        all.Add((option, (run, record) => set(record, run.Get(option))));

    /// <summary>The record with what the user gave in place of its own values.</summary>
    protected T Over(CommandRun run, T record) =>
        all.Where(one => run.IsGiven(one.Option)).Aggregate(record, (chosen, one) => one.Set(run, chosen));
}
