using System.CommandLine;
using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets fakes</c>: a store of fakes of a store's people.</summary>
internal sealed class DatasetsFakes : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var defaults = new FakeRequest();
        var from = new Argument<string>("STORE")
        {
            Description =
                    "The store whose people are shown and drive themselves; only those with may_generate and a consent record that holds."
        };
        string[] known = [.. Generators.OfFakes.Select(one => one.Name)];
        var generators = Options.Default<string[]>("--generators", [.. defaults.Methods],
            $"What makes the fakes: {string.Join(", ", known)}, and programs of others, each a NAME{GeneratorFile.Ending}.", "NAME");
        generators.Aliases.Add("--methods");
        var weights = Options.Default("--weights", defaults.Weights,
            "Meta-learnt weights of few-shot: a run folder, a .safetensors file, or the name of shipped weights; they set the size.",
            "RUN");
        var autoEncoder = Options.Default("--autoencoder", defaults.AutoEncoder, "The network of auto-encoder, likewise.", "WEIGHTS");
        var modes = Options.Default<Mode[]>("--modes", [.. defaults.Modes], "Modes of few-shot.");
        var shots = Options.Default<int[]>("--shots", [.. defaults.Shots.ShotCounts],
            "Shot counts; who has too few frames gets the smaller ones.", "T");
        var draws = Options.Default("--draws", defaults.Shots.Draws, "Draws of the shots, each with other frames.", "N");
        var drivers = Options.Default("--driver-frames", defaults.Shots.DriverFrames,
            "Driver frames of a person, in a row: as many fakes for each method, mode and shot count.", "N");
        var blends = Options.Default("--blends", defaults.Blends,
            "Most frames of a person that self-blend takes, evenly spaced over all; 0 takes all.", "N");
        var updates =
            Options.Default("--updates", defaults.Adapt.Updates, "Generator updates of fine-tuning, the same for every shot count.", "N");
        var conditions = Options.Optional<string[]>("--conditions",
            "What all frames undergo, a clip of its own for each, such as clean jpeg-50 h264-crf23 (default: nothing).", "NAME",
            FrameConditions.All.Names);
        var balance = Options.Switch("--balance",
            "Put true frames beside the fakes, as many of each person, so that the store is a data set by itself.");
        var size = Options.Optional<int?>("--size", "Side in pixels of fakes that no network makes; default: the store's own.", "PIXELS");
        var seed = Options.Default("--seed", defaults.Shots.Seed, "Seed of every draw.", "N");
        var to = Options.Required<string>("--out", "The store to make.", "STORE");
        var compute = new ComputeOptions();
        var command = new CliCommand("fakes",
            "Makes fakes of a store's people: of everybody who may be generated, driven by their own frames, the generated half of a "
            + "detector's data. An interrupted run is taken up.",
            "forensicheads datasets fakes data/heads --generators few-shot self-blend --shots 1 8 --out data/fakes")
        {
            from, generators, weights, autoEncoder, modes, shots, draws, drivers, blends, updates, conditions, balance, size, seed, to,
        }.Shows("--out", "--generators", "--modes", "--shots", "--conditions", "--balance", "--updates", "--blends", "--weights", "--seed")
        .Alias("make-fakes");
        compute.AddTo(command);
        return command.Runs(context, run =>
        {
            var source = run.OpenStore(run.Get(from));
            var request = new FakeRequest
            {
                Methods = run.Get(generators),
                Weights = run.Get(weights),
                AutoEncoder = run.Get(autoEncoder),
                Modes = run.Get(modes),
                Shots = new ShotOptions
                {
                    ShotCounts = [.. run.Get(shots).Distinct().Order()],
                    Draws = run.Get(draws),
                    DriverFrames = run.Get(drivers),
                    Seed = run.Get(seed)
                },
                Blends = run.Get(blends),
                Adapt = new AdaptOptions { Updates = run.Get(updates), Seed = run.Get(seed) },
                Size = run.Find(size),
                Conditions = run.Find(conditions) is { Length: > 0 } named ? named : null,
                Balance = run.Get(balance),
            };
            if (run.InputsAlone(() => source.IndexSha256) is { } hashed) return hashed;
            var maker = new FakeMaker(request, source, context.Time)
            {
                Warn = run.Warn,
                Finished = run.Context.Share?.Finished ?? [],
                Compute = compute.Apply(run),
            };
            if (run.Context.Share?.Part is { } part)
            {
                maker.MakePart(run.Get(to), part, run.Progress, run.Cancellation);
                return new CommandOutcome(new { part });
            }

            var store = maker.Make(run.Get(to), run.Progress, run.Cancellation);
            var leftOut = store.ReadRejected().ToArray();
            foreach (var line in leftOut) run.Warn(
                line.File == source.Info.Name ? line.Reason : $"{line.Identity} ({line.File}): {line.Reason}");
            var counts = store.Frames.GroupBy(frame => (frame.Origin.Generator, frame.Origin.Mode, frame.Origin.Shots, frame.Condition))
                .OrderBy(group => group.Key).ToArray();
            foreach (var group in counts)
            {
                var (generator, mode, shots, condition) = group.Key;
                run.Say(string.Create(CultureInfo.InvariantCulture, $"{group.Count(),7} frames  {generator ?? "seen by a camera"}")
                    + (mode is { } way ? " " + way.Text() : "") + (shots is { } t ? $" T = {t}" : "")
                    + (condition is null ? "" : ", " + condition));
            }

            var fakes = store.Frames.Count(frame => !frame.IsReal);
            run.Say(string.Create(CultureInfo.InvariantCulture, $"{fakes} fakes")
                + (fakes < store.Count ? $" and {store.Count - fakes} true frames" : "")
                + $" of {store.Identities.Count()} people in {store.Path}, described by its {DataSheet.FileName}");
            return new CommandOutcome(new
            {
                store = store.Path,
                frames = store.Count,
                identities = store.Identities.Count(),
                left_out = leftOut,
                content_sha256 = store.ContentHash,
                kinds = counts.Select(group =>
                    new { group.Key.Generator, group.Key.Mode, group.Key.Shots, group.Key.Condition, frames = group.Count() }),
            }, leftOut.Length > 0 ? 3 : 0);
        });
    }
}
