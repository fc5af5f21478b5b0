using System.Globalization;

namespace ForensicHeads.Cli.Commands;

/// <summary><c>datasets split</c>: draws who serves what.</summary>
internal sealed class DatasetsSplit : ICommandSource
{
    public CliCommand Create(CliContext context)
    {
        var defaults = new SplitOptions();
        var stores = DatasetsCommand.Stores();
        var name = Options.Default("--name", defaults.Name, "The split's name.", "TEXT");
        var seed = Options.Default("--seed", defaults.Seed, "Seed of the draw.", "N");
        var generator = Options.Default("--generator", defaults.Generator,
            "People for meta-learning: a fraction below 1, or a count; the same kind for all roles.", "SHARE");
        var train = Options.Default("--train", defaults.Train, "People for training the detector.", "SHARE");
        var validation = Options.Default("--validation", defaults.Validation, "People for validation.", "SHARE");
        var calibration = Options.Default("--calibration", defaults.Calibration, "People for calibration.", "SHARE");
        var test = Options.Default("--test", defaults.Test, "People for testing.", "SHARE");
        var same = Options.Switch("--generator-equals-train",
            "Let the generator learn from the detector's training people, for want of people; the file records it.");
        var to = Options.Optional<string>("--out", "The file to write; default: splits/NAME.json beside the first store.", "FILE");
        return new CliCommand("split", "Draws a split by person; people who share footage, a group or a driver stay together.",
            "forensicheads datasets split data/heads --seed 1 --out data/splits/default.json")
        {
            stores, name, seed, generator, train, validation, calibration, test, same, to,
        }.Runs(context, run =>
        {
            var split = SplitMaker.Make(DatasetsCommand.Open(run, run.Get(stores)), new SplitOptions
            {
                Name = run.Get(name),
                Seed = run.Get(seed),
                Generator = run.Get(generator),
                Train = run.Get(train),
                Validation = run.Get(validation),
                Calibration = run.Get(calibration),
                Test = run.Get(test),
                GeneratorEqualsTrain = run.Get(same),
            });
            var path = Path.GetFullPath(run.Find(to) ?? Split.PathFor(run.Get(stores)[0], split.Name));
            split.Save(path);
            var counts = Enum.GetValues<SplitRole>().ToDictionary(role => role.ToString().ToLowerInvariant(), role =>
                split.PeopleOf(role).Count);
            var each = counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}"));
            run.Say($"{string.Join(", ", each)} people in {path}");
            return new CommandOutcome(new
            {
                file = path,
                name = split.Name,
                seed = split.Seed,
                generator_equals_train = split.GeneratorEqualsTrain,
                people = counts
            });
        });
    }
}
