using ForensicHeads.Generator.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Training;

public class EpisodePrefetcherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Batches_come_in_the_order_of_the_steps_though_later_ones_are_ready_first()
    {
        using var second = new ManualResetEventSlim();
        using var loader = new EpisodePrefetcher(
            step =>
            {
                if (step == 3) second.Wait(Cancellation);
                if (step == 4) second.Set();
                return Batch(step);
            },
            first: 3, end: 9, ahead: 4, workers: 2);
        Assert.Equal([3, 4, 5, 6, 7, 8], Enumerable.Range(0, 6).Select(_ => StepOf(loader.Next(Cancellation))));
        Assert.Throws<InvalidOperationException>(() => loader.Next(Cancellation));
    }

    [Fact]
    public void No_more_than_the_workers_load_at_once_and_no_more_than_wanted_is_held()
    {
        var (now, most, started) = (0, 0, 0);
        using (var loader = new EpisodePrefetcher(
            step =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                Interlocked.Increment(ref started);
                Thread.Sleep(2);
                Interlocked.Decrement(ref now);
                return Batch(step);
            },
            first: 0, end: 100, ahead: 4, workers: 2))
        {
            for (var i = 0; i < 10; i++) StepOf(loader.Next(Cancellation));
        }

        Assert.InRange(most, 1, 2);
        Assert.Equal(14, started);
    }

    [Fact]
    public void What_stops_the_loader_stops_the_learner_at_that_step()
    {
        using var loader = new EpisodePrefetcher(step => step == 1 ? throw new InvalidDataException("damaged") : Batch(step), first: 0, end: 5, ahead: 3, workers: 1);
        Assert.Equal(0, StepOf(loader.Next(Cancellation)));
        Assert.Equal("damaged", Assert.Throws<InvalidDataException>(() => loader.Next(Cancellation)).Message);
    }

    private static EpisodeBatch Batch(int step)
    {
        using var scope = NewDisposeScope();
        return new EpisodeBatch(tensor([(long)step]).DetachFromDisposeScope(), zeros(1).DetachFromDisposeScope(), zeros(1).DetachFromDisposeScope(), zeros(1).DetachFromDisposeScope());
    }

    private static int StepOf(EpisodeBatch batch)
    {
        using (batch) return (int)batch.Videos[0].item<long>();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most) Interlocked.CompareExchange(ref most, value, seen);
    }
}
