namespace ForensicHeads.Generator.Tests.Training;

public class EpisodeSamplerTests
{
    private readonly EpisodeSampler sampler = new(TinyScene.Data(4, 5), batch: 3, shots: 4, seed: 1);

    [Fact]
    public void The_target_is_never_among_the_shots()
    {
        // Trap 1. With 4 shots of 5 frames a leaking sampler would hit four times in five.
        foreach (var episode in Enumerable.Range(0, 1000).SelectMany(sampler.Draw))
        {
            Assert.DoesNotContain(episode.Target, episode.Shots);
            Assert.Equal(4, episode.Shots.Distinct().Count());
            Assert.All(episode.Shots.Append(episode.Target), frame => Assert.InRange(frame, 0, 4));
        }
    }

    [Fact]
    public void A_steps_videos_differ_while_there_are_enough() =>
        Assert.All(Enumerable.Range(0, 200), step =>
            Assert.Equal(3, sampler.Draw(step).Select(episode => episode.Video).Distinct().Count()));

    [Fact]
    public void Every_frame_of_every_video_comes_up_as_target()
    {
        var targets = Enumerable.Range(0, 1000).SelectMany(sampler.Draw).Select(episode => (episode.Video, episode.Target)).ToHashSet();
        Assert.Equal(20, targets.Count);
    }

    [Fact]
    public void A_step_draws_the_same_whatever_was_drawn_before()
    {
        var fresh = new EpisodeSampler(TinyScene.Data(4, 5), batch: 3, shots: 4, seed: 1);
        sampler.Draw(1);
        Assert.Equal(Text(sampler.Draw(7)), Text(fresh.Draw(7)));
        Assert.NotEqual(Text(sampler.Draw(8)), Text(fresh.Draw(7)));

        static string Text(Episode[] episodes) => CanonicalJson.ToLine(episodes);
    }

    [Fact]
    public void Videos_too_short_for_the_shots_and_a_target_are_refused() =>
        Assert.Contains("more than 5 frames",
            Assert.Throws<UserErrorException>(() => new EpisodeSampler(TinyScene.Data(2, 5), 1, 5, 1)).Message, StringComparison.Ordinal);
}
