namespace ForensicHeads.Datasets.Tests;

public class ShotSamplerTests
{
    [Fact]
    public void Shots_nest_differ_between_draws_and_come_from_another_video_than_the_driver()
    {
        using var folder = new TestFolder();
        var plan = Make(TestStores.Write(folder["s"], TestStores.People(1, 3, 60)));
        Assert.Null(plan.Reason);
        Assert.Equal([1, 8, 32], plan.PossibleShotCounts);
        Assert.Equal(32, plan.DriverFrames.Count);
        Assert.All(plan.DriverFrames.Zip(plan.DriverFrames.Skip(1)), pair =>
            Assert.Equal(pair.First.FrameNumber + 1, pair.Second.FrameNumber));
        Assert.All(plan.DriverFrames, frame => Assert.Equal(plan.DriverVideo, frame.Video));
        Assert.Equal(3, plan.Draws.Count);
        foreach (var draw in plan.Draws)
        {
            Assert.Equal(32, draw.Shots.Select(shot => shot.Key).Distinct().Count());
            Assert.Equal(draw.For(8), draw.For(32).Take(8));
            Assert.Equal(2, draw.For(8).Select(shot => shot.Video).Distinct().Count());
            Assert.DoesNotContain(draw.Shots, shot => shot.Video == plan.DriverVideo);
        }

        Assert.NotEqual(plan.Draws[0].Shots.Select(shot => shot.Key), plan.Draws[1].Shots.Select(shot => shot.Key));
    }

    [Fact]
    public void The_plan_depends_on_the_seed_alone()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(2, 2, 50));
        Assert.Equal(Keys(Make(store)), Keys(Make(store)));
        Assert.NotEqual(Keys(Make(store)), Keys(Make(store, new ShotOptions { Seed = 2 })));

        static string[] Keys(ShotPlan plan) =>
            [.. plan.DriverFrames.Concat(plan.Draws.SelectMany(draw => draw.Shots)).Select(frame => frame.Key)];
    }

    [Fact]
    public void In_a_single_video_every_shot_is_at_least_a_second_from_every_driver_frame()
    {
        using var folder = new TestFolder();
        var plan = Make(TestStores.Write(folder["s"], TestStores.People(1, 1, 130)));
        Assert.Equal([1, 8, 32], plan.PossibleShotCounts);
        Assert.All(plan.Draws.SelectMany(draw => draw.Shots), shot =>
            Assert.All(plan.DriverFrames, frame => Assert.InRange(Math.Abs(shot.TimeS - frame.TimeS), 1.0 - 1e-9, 1000)));
    }

    [Fact]
    public void Too_few_frames_leave_the_smaller_counts_and_say_why()
    {
        using var folder = new TestFolder();
        // 70 frames at 25 a second: 32 drive, 25 on one side are too near (24 on the other), so 13 or 14 remain at an end.
        var plan = Make(TestStores.Write(folder["s"], TestStores.People(1, 1, 70)));
        Assert.Equal([1, 8], plan.PossibleShotCounts);
        Assert.Contains("32 are needed for the next shot count", plan.Reason, StringComparison.Ordinal);
        Assert.Equal(8, plan.Draws[0].Shots.Count);

        var none = Make(TestStores.Write(folder["t"], TestStores.People(1, 1, 40)));
        Assert.Empty(none.PossibleShotCounts);
        Assert.Contains("no video leaves 32 contiguous driver frames", none.Reason, StringComparison.Ordinal);
        Assert.Contains("no real frame of this person",
            ShotSampler.Make(FrameStore.Open(folder["t"]), "nobody", cancellation: TestContext.Current.CancellationToken).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_in_the_frames_breaks_a_run_and_even_sampling_does_not()
    {
        using var folder = new TestFolder();
        var gap = TestStores.People(1, 2, 40).Where(frame => frame.FrameNumber != 20);
        Assert.Contains("no video leaves 32 contiguous", Make(TestStores.Write(folder["gap"], gap)).Reason, StringComparison.Ordinal);
        var halved = TestStores.People(1, 2, 80).Where(frame => frame.FrameNumber % 2 == 0);
        Assert.Equal(32, Make(TestStores.Write(folder["halved"], halved)).DriverFrames.Count);
    }

    [Fact]
    public void Rules_can_be_given()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 2, 130));
        var same = Make(store, new ShotOptions { DriverRule = DriverRule.SameVideo, DriverVideo = "p00-v1" });
        Assert.All(same.DriverFrames.Concat(same.Draws[0].Shots), frame => Assert.Equal("p00-v1", frame.Video));
        var named = Make(store, new ShotOptions { ShotVideo = "p00-v1" });
        Assert.Equal("p00-v0", named.DriverVideo);
        var single = TestStores.Write(folder["t"], TestStores.People(1, 1, 130));
        Assert.Contains("in another video", Make(single, new ShotOptions { DriverRule = DriverRule.OtherVideoOnly }).Reason,
            StringComparison.Ordinal);
        Assert.Contains("video 'x' does not exist", Make(single, new ShotOptions { DriverVideo = "x" }).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Driver_clips_lie_in_different_videos_where_shots_and_references_have_enough_left()
    {
        using var folder = new TestFolder();
        var options = new ShotOptions { DriverFrames = 5, DriverClips = 2, KeepsReferences = true };
        string[][] Videos(ShotPlan plan) =>
        [
            [.. plan.DriverClips.Select(clip => clip.Select(frame => frame.Video).Distinct().Single())],
            [.. plan.Draws.SelectMany(draw => draw.Shots).Select(frame => frame.Video).Distinct()],
        ];

        // Four videos: two drive, one gives shots, one references.
        var four = Make(TestStores.Write(folder["four"], TestStores.People(1, 4, 40)), options);
        var (drivers, shots) = (Videos(four)[0], Videos(four)[1]);
        Assert.Equal(4, new[] { four.ReferenceVideo }.Concat(drivers).Concat(shots).Distinct().Count());
        Assert.Equal(10, four.DriverFrames.Count);
        Assert.Equal(10, four.Draws[0].NearestShotDistances[1].Count);

        // Three: one drives twice, at least a second apart.
        var three = Make(TestStores.Write(folder["three"], TestStores.People(1, 3, 80)), options);
        Assert.Single(Videos(three)[0].Distinct());
        Assert.Single(Videos(three)[1]);
        Assert.NotNull(three.ReferenceVideo);
        Assert.True(three.DriverClips[0].Min(one => three.DriverClips[1].Min(other => Math.Abs(one.TimeS - other.TimeS))) >= 1);

        // One, without room for a second clip: one clip, the same as without asking for two.
        var short1 = TestStores.Write(folder["short"], TestStores.People(1, 2, 33));
        Assert.Equal(Make(short1, options with { DriverFrames = 32, DriverClips = 1 }).DriverFrames,
            Assert.Single(Make(short1, options with { DriverFrames = 32 }).DriverClips));
    }

    [Fact]
    public void The_nearest_shot_is_measured_per_driver_frame_and_never_gets_farther_with_more_shots()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 2, 50));
        var plan = Make(store, new ShotOptions { DriverFrames = 5 });
        var draw = plan.Draws[1];
        for (var i = 0; i < 5; i++)
        {
            Assert.True(draw.NearestShotDistances[1][i] >= draw.NearestShotDistances[8][i]
                && draw.NearestShotDistances[8][i] >= draw.NearestShotDistances[32][i]);
            var driver = PerceptualHash.Of(store.ReadImage(plan.DriverFrames[i]));
            Assert.Equal(draw.For(8).Min(shot => PerceptualHash.Distance(driver, PerceptualHash.Of(store.ReadImage(shot)))),
                draw.NearestShotDistances[8][i]);
        }
    }

    [Theory]
    [InlineData(20, new[] { 1, 8 })]
    [InlineData(40, new[] { 1, 8, 32 })]
    public void Shots_of_one_video_are_those_of_a_plan_that_takes_no_others(int frames, int[] possible)
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 2, frames));
        var plan = Make(store, new ShotOptions { DriverFrames = 5, DriverVideo = "p00-v1" });
        Assert.Equal(possible, plan.PossibleShotCounts);
        foreach (var draw in plan.Draws)
            foreach (var count in possible) Assert.Equal(draw.For(count), ShotSampler.OfVideo(store, "p00", "p00-v0", count, draw.Draw, 1));

        // Other counts nest in between, and one beyond the usual ones spreads over the whole video.
        var nine = ShotSampler.OfVideo(store, "p00", "p00-v0", 9, 0, 1);
        if (frames == 40) Assert.Equal(plan.Draws[0].For(9), nine);
        Assert.Equal(9, nine.Distinct().Count());
        Assert.Equal(frames, ShotSampler.OfVideo(store, "p00", "p00-v0", frames, 0, 1).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 0, "--shots is 0; allowed is 1 or more")]
    [InlineData(1, -1, "--draw is -1; allowed is 0 or more")]
    [InlineData(5, 0, "--shots is 5, but video 'p00-v0'")]
    public void Shots_of_one_video_that_cannot_be_drawn_are_refused(int count, int draw, string says)
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 4));
        var error = Assert.Throws<UserErrorException>(() => ShotSampler.OfVideo(store, "p00", "p00-v0", count, draw, 1));
        Assert.StartsWith(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_those_of_the_protocol()
    {
        var options = new ShotOptions();
        Assert.Equal((3, 32, 1.0, DriverRule.OtherVideoElseGap),
            (options.Draws, options.DriverFrames, options.GapSeconds, options.DriverRule));
        Assert.Equal([1, 8, 32], options.ShotCounts);
        Assert.Throws<ArgumentOutOfRangeException>(() => (options with { ShotCounts = [0] }).Validate());
    }

    [Theory]
    [InlineData(75, 4)]
    [InlineData(300, 50)]
    public void In_a_single_video_a_part_is_left_to_references_a_second_from_shots_and_drivers(int frames, int least)
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, frames));
        // But for the last bit.
        const double Second = 1 - 1e-9;
        for (var seed = 1; seed <= 20; seed++)
        {
            var plan = Make(store, new ShotOptions { DriverFrames = 8, ShotCounts = [1, 2, 8], KeepsReferences = true, Seed = seed });
            Assert.Equal([1, 2, 8], plan.PossibleShotCounts);
            FrameRecord[] used = [.. plan.DriverFrames, .. plan.Draws.SelectMany(draw => draw.Shots)];
            Assert.All(plan.DriverFrames, driver => Assert.All(plan.Draws.SelectMany(draw => draw.Shots), shot =>
                Assert.True(Math.Abs(driver.TimeS - shot.TimeS) > Second)));
            Assert.True(store.Frames.Count(frame => used.All(other => Math.Abs(other.TimeS - frame.TimeS) > Second)) >= least);
        }
    }

    [Fact]
    public void Where_shots_and_references_have_no_room_together_the_shots_have_it_all()
    {
        using var folder = new TestFolder();
        var store = TestStores.Write(folder["s"], TestStores.People(1, 1, 50));
        var options = new ShotOptions { DriverFrames = 8, ShotCounts = [1, 8] };
        Assert.Equal(Make(store, options).Draws[0].Shots, Make(store, options with { KeepsReferences = true }).Draws[0].Shots);
    }

    private static ShotPlan Make(FrameStore store, ShotOptions? options = null) =>
        ShotSampler.Make(store, "p00", options, TestContext.Current.CancellationToken);
}
