using System.CommandLine;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets revoke</c>: what derives from a person who withdrew.</summary>
internal sealed class DatasetsRevoke : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var places = new Argument<string[]>("PLACE")
        {
            Description =
                    "Stores, and folders that hold stores, heads, exports, splits, reports, detectors or training runs, at any depth.",
            Arity = ArgumentArity.OneOrMore
        };
        var identity = Options.Required<string>("--identity", "The person, as the stores name them.", "NAME");
        var remove = Options.Switch("--remove",
            "Rewrite stores and splits without the person and delete everything else that was found; without it, only list.");
        var keep =
            Options.Switch("--keep-models", "With --remove, leave detectors and training runs that learnt from the person among others.");
        return new CliCommand("revoke",
            "Lists everything that derives from a person; with --remove, removes it: frames in stores, heads, exports, experiments, and "
            + "the models that learnt from them.", "forensicheads datasets revoke data out runs --identity p00012")
        {
            places, identity, remove, keep,
        }.Runs(context, run =>
        {
            var person = run.Get(identity);
            var things = DerivedFiles.Find(run.Get(places), person, run.Warn, run.Cancellation);
            var kept = things.Where(thing => run.Get(remove) && run.Get(keep) && thing.IsModel).ToArray();
            var gone = things.Where(thing => run.Get(remove) && thing.IsRemovable).Except(kept).ToArray();
            var left = things.Where(thing => run.Get(remove)).Except(kept).SelectMany(thing => thing.Left).ToArray();
            foreach (var thing in things) run.Say($"{thing.Path}: {thing.Kind.ToString().ToLowerInvariant()}: {thing.Why}");
            DerivedFiles.Remove(gone, person, run.Progress, run.Cancellation);
            run.Say(things.Count == 0 ? $"nothing of {person} was found" : run.Get(remove) ? $"removed {gone.Length} of {things.Count}"
                : "listed only; --remove removes it");
            foreach (var one in left) run.Say($"not removed: {one.Path}, because {one.Why}");
            if (kept.Length > 0) run.Warn($"{kept.Length} model(s) that learnt from {person} were kept; train them again without.");
            return new CommandOutcome(new
            {
                identity = person,
                removed = gone.Length > 0,
                things = things.Select(thing => new { thing.Path, thing.Kind, thing.Why, removed = gone.Contains(thing) }),
                not_removed = left,
                stores = things.Where(thing => thing.Store is not null).Select(thing => new
                {
                    store = thing.Path,
                    shown = thing.Store!.Shown.Select(frame => frame.Key).ToArray(),
                    driven = thing.Store.Driven.Select(frame => frame.Key).ToArray(),
                    sidecars = thing.Store.Sidecars,
                    rejected_lines = thing.Store.RejectedLines,
                }).ToArray(),
            });
        });
    }
}
