using System.Globalization;

namespace ForensicHeads.Experiments.Configuration;

/// <summary>A first experiment file for a store, by looking at what the store holds.</summary>
public static class FirstExperiment
{
    private const int Size = 64;
    private const int LeastOfEach = 3;
    private static readonly int[] UsualShots = [1, 8, 32];
    private static readonly int[] UsualDrivers = [16, 4];

    /// <summary>The file's text, with comments.</summary>
    /// <param name="store">Real people who may be generated.</param>
    /// <param name="time">Clock for the end of consents.</param>
    /// <param name="cancellation">Stops between people.</param>
    /// <exception cref="UserErrorException">Pictures that are too small, or too few people who may be generated and have the
    /// frames.</exception>
    public static string Make(FrameStore store, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (store.Info.Size < Size) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"{store.Path} holds pictures of {store.Info.Size} px, and the shipped generator works at {Size}. Make the store again with "
            + $"--size {Size} or more."));
        var refusals = new List<string>();
        // As many shots and driver frames as leave enough people, the most first.
        foreach (var (count, drivers) in Enumerable.Range(1, UsualShots.Length).Reverse()
            .SelectMany(count => UsualDrivers.Select(drivers => (count, drivers))))
        {
            refusals.Clear();
            var options = new ShotOptions { ShotCounts = UsualShots[..count], DriverFrames = drivers };
            var people = new ShotPlans(options, store, time).Make(Size, (_, why) => refusals.Add(why), cancellation)
                .Count(plan => plan.Value.Plan.PossibleShotCounts.Contains(UsualShots[count - 1]));
            if (people >= 4 * LeastOfEach || (people >= 5 && count == 1)) return Text(people, UsualShots[..count], drivers);
        }

        throw new UserErrorException(
            $"{store.Path} has too few people for an experiment: at least 5 are needed who may be generated, with consent, and have frames "
            + $"for shots and for a driver. {(refusals.Count > 0 ? $"The first that was left out: {refusals[0].TrimEnd('.')}." : "")}");
    }

    private static string Text(int people, int[] shots, int drivers)
    {
        var (test, train) = (Math.Max(LeastOfEach, people * 12 / 28), Math.Max(LeastOfEach, people * 8 / 28));
        var rest = people - test - train;
        var roles = people < 4 * LeastOfEach
            ? string.Create(CultureInfo.InvariantCulture,
                $"// {people} people are too few for four groups, so each of them is tested once, by a detector that never saw them.\n"
                + $"  \"roles\": {{ \"folds\": {Math.Min(5, people)} }},")
            : string.Create(CultureInfo.InvariantCulture,
                $"// {people} people can take part. More test people make narrower intervals.\n"
                + $"  \"roles\": {{ \"train\": {train}, \"validation\": {rest - (rest / 2)}, \"calibration\": {rest / 2}, "
                + $"\"test\": {test} }},");
        return $$"""
            {
              // Fields, what they may hold and their defaults: ./forensicheads experiment schema --format markdown
              "$schema": "experiment.schema.json",
              "name": "first",
              "store": "{store}",
              {{roles}}
              // Numbers of photos that heads are made from; all of these people have frames enough for each.{{(shots.Length > 1 ? "" : "\n"
              + "  // Two or more show whether shots matter; from 12 people on the usual ones are 1, 8 and 32, as far as frames allow.")}}
              "shots": [{{string.Join(", ", shots)}}],
              // Successive frames that drive each head.
              "driver_frames": {{drivers}},
              // What real and generated frames undergo alike. h264-crf40 is heavily compressed video.
              "conditions": ["clean", "jpeg-50"],
              // Updates of a fine-tuning. 160 takes some minutes a person and shot count on two cores; fewer are faster and worse.
              "adapt": { "updates": 40 },
              "ladder": [],
              "seed": 1
            }

            """;
    }
}
