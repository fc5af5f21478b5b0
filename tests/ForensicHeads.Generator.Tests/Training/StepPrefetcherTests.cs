namespace ForensicHeads.Generator.Tests.Training;

public class StepPrefetcherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Steps_come_in_the_order_of_the_steps_though_later_ones_are_ready_first()
    {
        using var second = new ManualResetEventSlim();
        using var loader = new StepPrefetcher<int>(
            step =>
            {
                if (step == 3) second.Wait(Cancellation);
                if (step == 4) second.Set();
                return step;
            },
            first: 3, end: 9, ahead: 4, workers: 2);
        Assert.Equal([3, 4, 5, 6, 7, 8], Enumerable.Range(0, 6).Select(_ => loader.Next(Cancellation)));
        Assert.Throws<InvalidOperationException>(() => loader.Next(Cancellation));
    }

    [Fact]
    public void No_more_than_the_workers_load_at_once_and_no_more_than_wanted_is_held()
    {
        var (now, most, started) = (0, 0, 0);
        using var both = new Barrier(2);
        using (var loader = new StepPrefetcher<int>(
            step =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                Interlocked.Increment(ref started);
                // Neither of the first two is done before both are under way.
                if (step < 2) both.SignalAndWait(Cancellation);
                Interlocked.Decrement(ref now);
                return step;
            },
            first: 0, end: 100, ahead: 4, workers: 2))
        {
            for (var i = 0; i < 10; i++) loader.Next(Cancellation);
        }

        Assert.Equal(2, most);
        Assert.Equal(14, started);
    }

    [Fact]
    public void What_stops_the_loader_stops_the_learner_at_that_step()
    {
        using var loader = new StepPrefetcher<int>(step =>
            step == 1 ? throw new InvalidDataException("damaged") : step, first: 0, end: 5, ahead: 3, workers: 1);
        Assert.Equal(0, loader.Next(Cancellation));
        Assert.Equal("damaged", Assert.Throws<InvalidDataException>(() => loader.Next(Cancellation)).Message);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most) Interlocked.CompareExchange(ref most, value, seen);
    }
}
