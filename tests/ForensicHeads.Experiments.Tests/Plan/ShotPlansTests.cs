using Microsoft.Extensions.Time.Testing;

namespace ForensicHeads.Experiments.Tests.Plan;

public sealed class ShotPlansTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void People_whom_consent_does_not_cover_are_left_out_and_named_and_the_others_planned()
    {
        var source = ProceduralStore.Render(
            new ProceduralOptions { Identities = 5, Videos = 2, Frames = 6, Size = 32 }, folder["source"], null, CancellationToken.None);
        string[] people = [.. source.Identities];
        using var writer = StoreWriter.Create(folder["store"], source.Info);
        foreach (var frame in source.Frames)
        {
            // Nobody asked the first person; one of the second one's videos must not be used.
            var barred = frame.Identity == people[0] || (frame.Identity == people[1] && frame.Video.EndsWith('1'));
            writer.AddPng(frame with { MayGenerate = !barred }, source.ReadPng(frame));
        }

        // The third has no record, the record of the fourth has ended.
        ConsentRecord Record(string person, DateOnly? expires) =>
            new()
            {
                Identity = person,
                Basis = ConsentBasis.Synthetic,
                Scope = [ConsentRecord.AnyPurpose],
                Contact = "nobody",
                Expires = expires
            };
        writer.WriteSidecar(ConsentFile.Name,
            ConsentFile.ToJson([Record(people[0], null), Record(people[1], null), Record(people[3], new DateOnly(2020, 1, 31)),
            Record(people[4], null)]));

        var warnings = new List<string>();
        var options = new ShotOptions { ShotCounts = [1, 4], Draws = 1, DriverFrames = 2 };
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var plans = new ShotPlans(options, writer.Complete(), time).Make(32, (_, why) => warnings.Add(why), CancellationToken.None);

        Assert.Equal([people[4]], plans.Keys);
        Assert.Equal(3, warnings.Count);
        Assert.Contains($"'{people[1]}' must not be generated: may_generate is false for 6 of 12 frames", warnings[0],
            StringComparison.Ordinal);
        Assert.Contains($"'{people[2]}' has no consent record", warnings[1], StringComparison.Ordinal);
        Assert.Contains($"'{people[3]}' ended on 2020-01-31", warnings[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_driver_clip_is_a_sequence_of_its_own()
    {
        var store = ProceduralStore.Render(
            new ProceduralOptions { Identities = 1, Videos = 2, Frames = 80, Size = 32 }, folder["source"], null, CancellationToken.None);
        var plan = new ShotPlans(new ShotOptions { DriverFrames = 4, DriverClips = 3 }, store, TimeProvider.System)
            .Make(32, null, CancellationToken.None).Values.Single();
        var video = plan.Plan.DriverVideo!;
        Assert.Equal(new[] { video, $"{video}+1", $"{video}+2" }.SelectMany(name => Enumerable.Repeat(name, 4)),
            plan.DriverRecords.Select(frame => frame.Video));
        Assert.Equal(plan.Plan.DriverFrames.Select(frame => frame.Key), plan.DriverRecords.Select(frame => frame.Key));
        Assert.Equal(4, plan.SpareFrames.Count);
        Assert.Empty(plan.SpareFrames.Select(frame => frame.Key).Intersect(plan.Plan.DriverFrames.Select(frame => frame.Key)));
    }

    [Fact]
    public void The_shots_of_a_head_made_from_a_video_are_those_of_an_experiment_that_draws_from_it()
    {
        var store = ProceduralStore.Render(
            new ProceduralOptions { Identities = 2, Videos = 2, Frames = 36, Size = 32 }, folder["source"], null, CancellationToken.None);
        var options = new ShotOptions { DriverFrames = 2, Seed = 3 };
        var plans = new ShotPlans(options, store, TimeProvider.System).Make(16, null, CancellationToken.None);
        Assert.Equal(2, plans.Count);
        foreach (var plan in plans.Values)
        {
            // Of two videos one drives; the shots come from the other.
            var video = DriverVideo.Of(store, store.VideosOf(plan.Plan.Identity).Single(name => name != plan.Plan.DriverVideo));
            foreach (var draw in plan.Plan.Draws)
            {
                foreach (var count in options.ShotCounts)
                {
                    var set = ShotSet.Of(video, count, 16, draw.Draw, options.Seed);
                    Assert.Equal(draw.For(count).Select(frame => frame.Key), set.Keys);
                    Assert.Equal(plan.Shots(draw, count).Select(shot => shot.Image.Pixels), set.Shots.Select(shot => shot.Image.Pixels));
                }
            }
        }
    }
}
