using NetGen.Testing;

namespace NetGen.Tests.Threading;

public sealed class TeamTests
{
    private sealed class Job(Action<Worker> run) : ITeamJob
    {
        public void Run(Worker worker) => run(worker);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_worker_runs_the_job_once(int size)
    {
        using var team = new Team(size);
        var runs = new int[size];
        var job = new Job(worker =>
        {
            Assert.Equal(size, worker.Count);
            Interlocked.Increment(ref runs[worker.Index]);
        });

        for (int i = 1; i <= 100; i++)
        {
            team.Run(job);
            Assert.All(runs, count => Assert.Equal(i, count));
        }
    }

    [Fact]
    public void Only_the_first_workers_run_when_fewer_are_asked_for()
    {
        using var team = new Team(4);
        var runs = new int[4];
        var job = new Job(worker => Interlocked.Increment(ref runs[worker.Index]));

        team.Run(job, 2);
        team.Run(job, 1);
        team.Run(job, 3);

        Assert.Equal([3, 2, 1, 0], runs);
    }

    [Fact]
    public void Nobody_passes_a_barrier_before_everybody_has_come_to_it()
    {
        const int Size = 3;
        using var team = new Team(Size);
        int arrived = 0;
        int wrong = 0;
        team.Run(new Job(worker =>
        {
            for (int round = 1; round <= 500; round++)
            {
                Interlocked.Increment(ref arrived);
                worker.Barrier();
                if (Volatile.Read(ref arrived) != round * Size)
                    Interlocked.Increment(ref wrong);
                worker.Barrier();
            }
        }));

        Assert.Equal(0, wrong);
        Assert.Equal(500 * Size, arrived);
    }

    [Fact]
    public void Workers_that_have_fallen_asleep_wake_for_the_next_job()
    {
        using var team = new Team(3);
        int runs = 0;
        var job = new Job(_ => Interlocked.Increment(ref runs));
        for (int i = 0; i < 5; i++)
        {
            team.Run(job);
            Thread.Sleep(5);
        }

        Assert.Equal(15, runs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_failing_worker_frees_the_others_from_their_barrier_and_its_exception_reaches_the_caller(int failing)
    {
        using var team = new Team(3);
        for (int i = 0; i < 20; i++)
        {
            var thrown = Assert.Throws<ArithmeticException>(() => team.Run(new Job(worker =>
            {
                if (worker.Index == failing)
                    throw new ArithmeticException("on purpose");
                worker.Barrier();
            })));
            Assert.Equal("on purpose", thrown.Message);
        }

        int runs = 0;
        team.Run(new Job(worker =>
        {
            worker.Barrier();
            Interlocked.Increment(ref runs);
        }));
        Assert.Equal(3, runs);
    }

    [Fact]
    public void A_worker_that_leaves_out_a_barrier_is_an_error_and_no_deadlock()
    {
        using var team = new Team(2);
        Assert.ThrowsAny<InvalidOperationException>(() => team.Run(new Job(worker =>
        {
            if (worker.Index == 1)
                worker.Barrier();
        })));
    }

    [Fact]
    public void A_job_that_asks_its_own_team_for_another_is_refused()
    {
        using var team = new Team(2);
        var thrown = Assert.Throws<InvalidOperationException>(
            () => team.Run(new Job(_ => team.Run(new Job(_ => { })))));
        Assert.Contains("one job at a time", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Handing_out_a_job_allocates_nothing()
    {
        using var team = new Team(2);
        var job = new Job(worker => worker.Barrier());
        Allocation.None(() => team.Run(job));
    }

    [Fact]
    public void A_disposed_team_refuses_work()
    {
        var team = new Team(2);
        team.Run(new Job(_ => { }));
        team.Dispose();
        team.Dispose();

        Assert.Throws<ObjectDisposedException>(() => team.Run(new Job(_ => { })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Helper_threads_end_when_the_team_is_disposed_of_or_forgotten(bool dispose)
    {
        Thread helper = Start(dispose);
        for (int i = 0; i < 100 && helper.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            helper.Join(50);
        }

        Assert.False(helper.IsAlive, "The helper thread was still alive after five seconds.");

        // In a method of its own, so that no local of this one keeps the team.
        static Thread Start(bool dispose)
        {
            Thread? helper = null;
            var team = new Team(2);
            team.Run(new Job(worker =>
            {
                if (worker.Index == 1)
                    helper = Thread.CurrentThread;
            }));
            Assert.True(helper!.IsBackground);
            if (dispose)
                team.Dispose();
            return helper;
        }
    }

    [Theory]
    [InlineData(10, 1, 3)]
    [InlineData(100, 8, 3)]
    [InlineData(7, 16, 2)]
    [InlineData(0, 4, 2)]
    [InlineData(33, 16, 5)]
    public void Shares_are_a_partition_that_keeps_tiles_whole(int extent, int granularity, int workers)
    {
        int next = 0;
        for (int i = 0; i < workers; i++)
        {
            (int from, int to) = new Worker(null, i, workers).Share(extent, granularity);
            Assert.Equal(next, from);
            Assert.True(from % granularity == 0 || from == extent);
            Assert.True(to >= from);
            next = to;
        }

        Assert.Equal(extent, next);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Loops_of_one_unit_go_to_each_worker_in_turn(int workers)
    {
        int[] runs = new int[workers];
        for (int turn = 0; turn < 2 * workers; turn++)
        {
            for (int i = 0; i < workers; i++)
            {
                (int from, int to) = new Worker(null, i, workers).Share(5, 8, turn);
                Assert.True((from, to) is (0, 5) || from == to);
                runs[i] += to - from;
            }
        }

        Assert.All(runs, run => Assert.Equal(10, run));
    }
}
