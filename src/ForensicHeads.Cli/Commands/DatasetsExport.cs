using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets export</c>: a store in the form of other tools.</summary>
internal sealed class DatasetsExport : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var from = new Argument<string>("STORE") { Description = "The store." };
        var form = Options.Required<string>("--as",
            $"The form: {string.Join("; ", StoreExports.All.All.Select(one => $"{one.Name}, {one.For}"))}.", "FORM",
            StoreExports.All.Names);
        var file = Options.Optional<string?>("--split",
            "Who trains, validates and is tested, as 'datasets split' makes it. Default: the split that the data set came with.", "FILE");
        var name = Options.Optional<string?>("--name", "What the data set is called; default: the folder's name.", "NAME");
        var to = Options.Required<string>("--out", "The folder to make.", "DIR");
        return new CliCommand("export", "Writes a store as other tools read it, with a data sheet.",
            "forensicheads datasets export data/fakes --as huggingface --split data/splits/default.json --out data/fakes-hf")
        {
            from, form, file, name, to,
        }.Runs(context, run =>
        {
            var folder = run.Get(to);
            var summary = StoreExports.Run(run.Get(form), new ExportRequest
            {
                Store = run.OpenStore(run.Get(from)),
                Out = folder,
                Name = run.Find(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
                Day = DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime),
                Split = run.Find(file) is { } split ? Split.Load(split) : null,
            }, run.Progress, run.Cancellation);
            run.Say(string.Create(CultureInfo.InvariantCulture,
                $"{summary.Frames} frames of {summary.Videos} sequences in {Path.GetFullPath(folder)}"));
            foreach (var note in summary.Notes) run.Warn(note);
            return new CommandOutcome(new { folder = Path.GetFullPath(folder), form = run.Get(form), summary });
        });
    }
}
